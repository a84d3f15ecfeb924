/** How a connection is expected to end. */
import type { RequirementKey } from '#spec';
import { OPCODES, reasonName } from '#wire';
import type { Inbound } from '#net';
import { closeCode } from './frame-matchers.ts';
import { hexCode } from './matcher.ts';

export interface EndExpectation {
  /**
   * The specific reason codes of this error, 5.0 only. Judged where a packet tells one, as `5.0/R-4.13.1-3`;
   * 0x81 and 0x82 count for one another only where none is given.
   */
  readonly reason?: number | readonly number[];
  /** Close codes that are allowed, where a Close frame with a code comes. */
  readonly closeCodes?: readonly number[];
  /** What a wrong close code breaks. Default: the case's own requirement. */
  readonly closeCodeBreaks?: RequirementKey;
  /** True: a Close frame alone is no end, TCP itself must have ended. */
  readonly tcp?: true;
  /** Milliseconds after the last send before which it must not end. */
  readonly notBefore?: number;
  /** Milliseconds after the last send until which it must have ended. Default: the target's grace time. */
  readonly within?: number;
}

/** What was seen of an end: packets, Close frame, FIN or RST. */
export interface Ending {
  readonly reasonCode?: number;
  readonly reasonPacket?: 'CONNACK' | 'DISCONNECT';
  readonly closeCode?: number;
  readonly closeFrame: boolean;
  /** Undefined: TCP was still open when it was looked at. */
  readonly tcp?: 'fin' | 'reset' | 'error';
  /** Milliseconds of the instance's clock at which the first sign of the end came. */
  readonly at: number;
  readonly entry: number;
}

/** DISCONNECT, a refusing CONNACK, a Close frame, FIN, RST: what belongs to an end. */
export function belongsToEnd(event: Inbound): boolean {
  if (event.kind === 'end') return true;
  if (event.kind === 'frame') return event.frame.opcode === OPCODES.close;
  if (event.kind !== 'packet') return false;
  const { packet } = event;
  return packet.type === 'DISCONNECT' || (packet.type === 'CONNACK' && packet.reasonCode !== 0);
}

export function endingOf(events: readonly Inbound[]): Ending | undefined {
  const signs = events.filter(belongsToEnd);
  const [first] = signs;
  if (first === undefined) return undefined;
  const told = signs.flatMap((event) =>
    event.kind === 'packet' && (event.packet.type === 'DISCONNECT' || event.packet.type === 'CONNACK')
      ? [event.packet]
      : [],
  )[0];
  const close = signs.find((event) => event.kind === 'frame');
  const code = close?.kind === 'frame' ? closeCode(close.frame) : undefined;
  const end = signs.find((event) => event.kind === 'end');
  return {
    ...(told === undefined ? {} : { reasonCode: told.reasonCode, reasonPacket: told.type }),
    ...(code === undefined ? {} : { closeCode: code }),
    closeFrame: close !== undefined,
    ...(end?.kind === 'end' ? { tcp: end.how } : {}),
    at: first.at,
    entry: first.entry,
  };
}

/** A packet alone ends nothing: a Close frame or the end of TCP must be there. */
export const hasEnded = (ending: Ending | undefined, tcp = false): ending is Ending =>
  ending !== undefined && ((ending.closeFrame && !tcp) || ending.tcp !== undefined);

export function printEnding(ending: Ending | undefined): string {
  if (ending === undefined) return 'still open';
  const parts = [
    ending.reasonPacket === undefined
      ? undefined
      : `${ending.reasonPacket} ${printReason(ending.reasonPacket, ending.reasonCode ?? 0)}`,
    ending.closeFrame ? `Close ${ending.closeCode ?? 'without code'}` : undefined,
    { fin: 'FIN', reset: 'RST', error: 'connection error' }[ending.tcp ?? 'fin'],
  ];
  if (ending.tcp === undefined) parts[2] = ending.closeFrame ? undefined : 'still open';
  return parts.filter((part) => part !== undefined).join(', then ');
}

const printReason = (packet: 'CONNACK' | 'DISCONNECT', code: number): string =>
  `${hexCode(code)} ${reasonName(packet, code) ?? ''}`.trim();

export function printExpectedEnd(expected: EndExpectation): string {
  const reasons = reasonsOf(expected);
  const told = reasons.length === 0 ? '' : ` (reason ${reasons.map(hexCode).join(' or ')} where one is told)`;
  return `the connection ends${told}`;
}

export const reasonsOf = (expected: EndExpectation): readonly number[] =>
  expected.reason === undefined ? [] : typeof expected.reason === 'number' ? [expected.reason] : expected.reason;
