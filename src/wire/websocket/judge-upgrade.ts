import { acceptKey } from './accept-key.ts';
import { answerViolation, type AnswerViolation, type AnswerViolationName } from './answer-rules.ts';
import { parseExtensions, type Extension } from './extensions.ts';
import { headerList, headerValues, type HttpHead } from './http-head.ts';
import { judgeExtensions } from './judge-deflate.ts';
import type { DeflateAgreement } from './per-message-deflate.ts';
import type { Sha1Port } from './ports.ts';
import { listHas } from './tokens.ts';

/** What the request had in it: the answer is judged against it. */
export interface SentUpgrade {
  readonly key: string;
  /** Names offered, in order; empty where the field was not sent. */
  readonly protocols: readonly string[];
  /** Value of Sec-WebSocket-Extensions, where it was sent. */
  readonly extensions?: string;
}

export interface UpgradeAnswer {
  /** 0 where the first line is not a status line. */
  readonly status: number;
  readonly reason: string;
  /** True for a 101: whatever is wrong with it, the server now speaks WebSocket. */
  readonly opened: boolean;
  /** The selected subprotocol, as it stands. */
  readonly protocol?: string;
  readonly extensions: readonly Extension[];
  readonly deflate?: DeflateAgreement;
  readonly violations: readonly AnswerViolation[];
}

const ONCE = ['Sec-WebSocket-Accept', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions'];
/** Names under which MQTT is spoken; `mqttv3.1` is the name of MQTT 3.1. */
const MQTT_NAMES = ['mqtt', 'mqttv3.1'];

/** The answer, with all that is wrong with it (RFC 6455 §4.1, §4.2.2). Whether it should have been a 101 is not asked here. */
export function judgeUpgradeResponse(head: HttpHead, sent: SentUpgrade, sha1: Sha1Port): UpgradeAnswer {
  const violations: AnswerViolation[] = [];
  const report = (name: AnswerViolationName, message: string): void => {
    violations.push(answerViolation(name, message));
  };
  const [, version, code, reason = ''] = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/.exec(head.startLine) ?? [];
  const status = Number(code ?? 0);
  if (code === undefined) report('answer.status-line', `not a status line: ${head.startLine}`);
  const [malformed] = head.malformedLines;
  if (malformed !== undefined) report('answer.malformed-field', `not a field: ${malformed}`);
  const spaced = head.headers.find((line) => line.spaceBeforeColon);
  if (spaced !== undefined) {
    report('answer.malformed-field', `a blank stands between ${spaced.name} and its colon`);
  }
  if (status !== 101) return { status, reason, opened: false, extensions: [], violations };

  if (version !== '1.1') report('answer.status-line', `101 comes in HTTP/${version}`);
  checkFields(head, acceptKey(sent.key, sha1), report);
  const protocol = headerList(head, 'Sec-WebSocket-Protocol');
  checkProtocol(protocol, sent.protocols, report);
  const list = headerList(head, 'Sec-WebSocket-Extensions');
  const extensions = list === undefined ? [] : parseExtensions(list);
  if (extensions === undefined) report('extension.malformed', `Sec-WebSocket-Extensions is ${list}`);
  const offered = sent.extensions === undefined ? [] : (parseExtensions(sent.extensions) ?? []);
  const { deflate, violations: more } = judgeExtensions(extensions ?? [], offered);
  return {
    status,
    reason,
    opened: true,
    ...(protocol === undefined ? {} : { protocol }),
    extensions: extensions ?? [],
    ...(deflate === undefined ? {} : { deflate }),
    violations: [...violations, ...more],
  };
}

type Report = (name: AnswerViolationName, message: string) => void;

function checkFields(head: HttpHead, accept: string, report: Report): void {
  const upgrade = headerList(head, 'Upgrade');
  if (upgrade?.toLowerCase() !== 'websocket') report('answer.upgrade-header', `Upgrade is ${upgrade ?? 'absent'}`);
  const connection = headerList(head, 'Connection');
  if (connection === undefined || !listHas(connection, 'upgrade')) {
    report('answer.connection-header', `Connection is ${connection ?? 'absent'}`);
  }
  const [given] = headerValues(head, 'Sec-WebSocket-Accept');
  if (given !== accept) {
    report('answer.accept-key', `Sec-WebSocket-Accept is ${given ?? 'absent'} instead of ${accept}`);
  }
  for (const name of ONCE) {
    const count = headerValues(head, name).length;
    if (count > 1) report('answer.header-twice', `${name} comes ${count} times`);
  }
}

function checkProtocol(selected: string | undefined, offered: readonly string[], report: Report): void {
  if (selected !== undefined && offered.length === 0) {
    report('subprotocol.invented', `${selected} is selected, and nothing was offered`);
  } else if (selected !== undefined && !offered.includes(selected)) {
    report('subprotocol.not-offered', `${selected} is selected instead of one of: ${offered.join(', ')}`);
  } else if (selected !== undefined && !MQTT_NAMES.includes(selected.toLowerCase())) {
    report('subprotocol.unknown-echoed', `${selected} is selected, which no MQTT server speaks`);
  }
  if (offered.includes('mqtt') && selected !== 'mqtt') {
    report('subprotocol.not-selected', `mqtt was offered, and the answer selects ${selected ?? 'nothing'}`);
  }
}
