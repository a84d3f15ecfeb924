import { FRAME_RULES, REQUEST_RULES, type FrameViolationName, type RequestViolationName } from '#wire';
import type { Rule } from '../rule.ts';

/** What the endpoint checks itself. */
const OWN = {
  'ws.path': {
    binds: ['ws/upgrade/path-enforced', 'ws/upgrade/unavailable-path-status'],
    recovery: 'every path is served',
  },
  'ws.origin': {
    binds: ['ws/origin/denied', 'ws/origin/denied-status'],
    recovery: 'every origin is served',
  },
  'ws.data-type': {
    binds: ['3.1.1/MQTT-6.0.0-1#close-other', '5.0/MQTT-6.0.0-1#close-other', 'ws/frame/text-connect'],
    recovery: 'a text message is served like a binary one',
  },
  'deflate-offer.unknown-parameter': {
    binds: ['ws/deflate/unknown-parameter'],
    recovery: 'the parameter is ignored',
  },
  'deflate-offer.bad-value': { binds: ['ws/deflate/bad-value'], recovery: 'the parameter is ignored' },
  'deflate-offer.repeated-parameter': {
    binds: ['ws/deflate/repeated-parameter'],
    recovery: 'the first one counts',
  },
} as const satisfies Record<string, Rule>;

/** A violation that a reader of `#wire` finds is a rule too; waived, its own recovery applies. */
function rules<Name extends string>(table: Readonly<Record<Name, Rule>>): Readonly<Record<Name, Rule>> {
  return table;
}

const FRAMES = rules<FrameViolationName>(mapped(FRAME_RULES, ({ client, recovery }) => ({ binds: client, recovery })));
const REQUESTS = rules<RequestViolationName>(
  mapped(REQUEST_RULES, ({ requirements, recovery }) => ({ binds: requirements, recovery })),
);

function mapped<Name extends string, From>(
  table: Readonly<Record<Name, From>>,
  make: (from: From) => Rule,
): Readonly<Record<Name, Rule>> {
  const entries = Object.entries<From>(table).map(([name, from]) => [name, make(from)]);
  return Object.fromEntries(entries) as Record<Name, Rule>;
}

/** The checks of the WebSocket layer. */
export const ENDPOINT_RULES = { ...OWN, ...FRAMES, ...REQUESTS };
