import type { RequirementKey } from '#spec';
import type { HttpStatus } from './upgrade-response.ts';

interface RequestRule {
  readonly requirements: readonly RequirementKey[];
  /** The status that refuses it. */
  readonly status: HttpStatus;
  /** Fields that the refusal needs. */
  readonly fields?: Readonly<Record<string, string>>;
  /** How the handshake goes on where the rule is waived. */
  readonly recovery: string;
}

const VERSIONS = { 'Sec-WebSocket-Version': '13' } as const;
const UPGRADE = { Upgrade: 'websocket' } as const;

/** What a request to upgrade must be: RFC 6455 §4.2.1, RFC 9112, RFC 7692 §7.1. */
export const REQUEST_RULES = {
  'request.not-http': {
    requirements: ['ws/upgrade/mqtt-without-upgrade'],
    status: 400,
    recovery: 'none: there is no request',
  },
  'request.too-large': {
    requirements: ['ws/upgrade/header-huge'],
    status: 431,
    recovery: 'none: a larger limit is the way',
  },
  'request.line': { requirements: [], status: 400, recovery: 'the target is /' },
  'request.bare-lf': { requirements: ['ws/upgrade/bare-lf'], status: 400, recovery: 'LF ends a line' },
  'request.malformed-field': { requirements: [], status: 400, recovery: 'the line is ignored' },
  'request.space-before-colon': {
    requirements: ['ws/upgrade/header-space-before-colon'],
    status: 400,
    recovery: 'the blank is ignored',
  },
  'request.folded-field': {
    requirements: ['ws/upgrade/folded-header'],
    status: 400,
    recovery: 'the lines are joined by a blank',
  },
  'request.http-version': { requirements: ['ws/upgrade/http-1.0'], status: 505, recovery: 'read as HTTP/1.1' },
  'request.method': {
    requirements: ['ws/upgrade/method-post'],
    status: 405,
    fields: { Allow: 'GET' },
    recovery: 'read as GET',
  },
  'request.host-missing': { requirements: ['ws/upgrade/host-missing'], status: 400, recovery: 'the host is empty' },
  'request.host-twice': { requirements: [], status: 400, recovery: 'the first one counts' },
  'request.upgrade-missing': {
    requirements: ['ws/upgrade/upgrade-missing'],
    status: 426,
    fields: UPGRADE,
    recovery: 'taken as there',
  },
  'request.connection-missing': {
    requirements: ['ws/upgrade/connection-missing'],
    status: 426,
    fields: UPGRADE,
    recovery: 'taken as there',
  },
  'request.version-missing': {
    requirements: ['ws/upgrade/version-missing'],
    status: 426,
    fields: VERSIONS,
    recovery: 'taken as 13',
  },
  'request.version-other': {
    requirements: ['ws/upgrade/version-12-refused', 'ws/upgrade/version-12-header'],
    status: 426,
    fields: VERSIONS,
    recovery: 'taken as 13',
  },
  'request.version-twice': {
    requirements: ['ws/upgrade/version-twice'],
    status: 400,
    fields: VERSIONS,
    recovery: 'the first one counts',
  },
  'request.key-missing': { requirements: ['ws/upgrade/key-missing'], status: 400, recovery: 'the key is empty' },
  'request.key-twice': { requirements: ['ws/upgrade/key-twice'], status: 400, recovery: 'the first one counts' },
  'request.key-not-base64': {
    requirements: ['ws/upgrade/key-not-base64'],
    status: 400,
    recovery: 'the key is used as sent',
  },
  'request.key-short': { requirements: ['ws/upgrade/key-short'], status: 400, recovery: 'the key is used as sent' },
  'subprotocol.empty': {
    requirements: ['ws/subprotocol/empty-header'],
    status: 400,
    recovery: 'nothing is offered',
  },
  'subprotocol.malformed': { requirements: [], status: 400, recovery: 'the element is ignored' },
  'subprotocol.repeated': {
    requirements: ['ws/subprotocol/duplicate-names'],
    status: 400,
    recovery: 'the first one counts',
  },
  'extension.malformed': {
    requirements: ['ws/extension/malformed'],
    status: 400,
    recovery: 'nothing is offered',
  },
} as const satisfies Readonly<Record<string, RequestRule>>;

export type RequestViolationName = keyof typeof REQUEST_RULES;

/** A broken rule of the request, with the answer that it deserves. */
export interface RequestViolation {
  readonly name: RequestViolationName;
  readonly requirements: readonly RequirementKey[];
  readonly message: string;
  readonly status: HttpStatus;
  readonly fields: Readonly<Record<string, string>>;
}

export function requestViolation(name: RequestViolationName, message: string): RequestViolation {
  const rule: RequestRule = REQUEST_RULES[name];
  return { name, requirements: rule.requirements, message, status: rule.status, fields: rule.fields ?? {} };
}
