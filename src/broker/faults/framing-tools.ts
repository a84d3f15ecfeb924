/** What faults of the WebSocket chapter are made of. */
import { encodeCloseBody, latin1Bytes, latin1Text, OPCODES, type Frame, type FrameToSend } from '#wire';
import type { About, Alteration } from '../alteration.ts';
import type { Effect, EffectOf } from '../effects.ts';
import { refusal } from '../endpoint/responses.ts';

/** Rewrites effects of one kind; the others pass. */
export function on<K extends Effect['kind']>(
  kind: K,
  instead: (effect: EffectOf<K>, about: About) => readonly Effect[],
): Alteration {
  return { rewrite: (effect, about) => (effect.kind === kind ? instead(effect as EffectOf<K>, about) : [effect]) };
}

/** Frames of the client for which this is true are not served. */
export function dropFrames(which: (frame: Frame, inside: boolean) => boolean): Alteration {
  return on('frame-received', (effect) => (which(effect.frame, effect.inside) ? [] : [effect]));
}

/** Frames of the client for which this is true end the connection. */
export function failOnFrames(which: (frame: Frame, inside: boolean) => boolean, code = 1002): Alteration {
  return on('frame-received', (effect) =>
    which(effect.frame, effect.inside) ? failed(effect.connection, code) : [effect],
  );
}

function failed(connection: number, code: number): readonly Effect[] {
  const common = { connection, why: 'violation', cause: 'bytes' } as const;
  const frame = { opcode: OPCODES.close, payload: encodeCloseBody(code) };
  return [
    { ...common, kind: 'frame-sent', frame },
    { ...common, kind: 'transport-end', how: 'fin' },
  ];
}

/** Frames of the broker for which this is true leave changed. */
export function changeFrames(
  which: (frame: FrameToSend) => boolean,
  change: (frame: FrameToSend) => Partial<FrameToSend>,
): Alteration {
  return on('frame-sent', (effect) => [
    which(effect.frame) ? { ...effect, frame: { ...effect.frame, ...change(effect.frame) } } : effect,
  ]);
}

/** The first octets of a connection begin with a letter of a method, or of PROXY; MQTT and masked frames do not. */
const REQUEST = /^[A-Z]{3,} /;

/** Undefined: the octets are no beginning of a request. */
function requestText(bytes: Uint8Array): string | undefined {
  if (!isUpperCase(bytes[0]) || !isUpperCase(bytes[1])) return undefined;
  const text = latin1Text(bytes);
  return REQUEST.test(text) ? text : undefined;
}

const isUpperCase = (octet = 0): boolean => octet >= 0x41 && octet <= 0x5a;

/** Requests for which this is true are answered by a status, whatever the standard says. */
export function answerRequests(which: (request: string) => boolean, status: number): Alteration {
  return on('bytes-received', (effect) => {
    const text = requestText(effect.bytes);
    if (text === undefined || !which(text)) return [effect];
    const { connection, cause } = effect;
    return [{ kind: 'http-response', connection, cause, why: 'handshake', response: refusal(status) }];
  });
}

/** Requests whose octets match are refused, whatever the standard says. */
export function refuseRequests(pattern: RegExp, status = 400): Alteration {
  return answerRequests((request) => request.startsWith('GET ') && pattern.test(request), status);
}

/** Requests are read as if they had come otherwise. */
export function rewriteRequests(change: (request: string) => string): Alteration {
  return on('bytes-received', (effect) => {
    const text = requestText(effect.bytes);
    return text === undefined ? [effect] : [{ ...effect, bytes: latin1Bytes(change(text)) }];
  });
}

export const isData = ({ opcode }: { readonly opcode: number }): boolean => opcode <= OPCODES.binary;
export const isClose = ({ opcode }: { readonly opcode: number }): boolean => opcode === OPCODES.close;

/** Octets of the first packet, or undefined where it is not all there. */
export function firstPacket(bytes: Uint8Array): Uint8Array | undefined {
  let length = 0;
  for (let at = 1; at < Math.min(bytes.length, 5); at += 1) {
    const octet = bytes[at] as number;
    length += (octet & 0x7f) * 128 ** (at - 1);
    if (octet < 0x80) {
      const end = at + 1 + length;
      return end <= bytes.length ? bytes.subarray(0, end) : undefined;
    }
  }
  return undefined;
}

/** True where the octets end where a packet ends. */
export function isWhole(bytes: Uint8Array): boolean {
  let rest = bytes;
  while (rest.length > 0) {
    const first = firstPacket(rest);
    if (first === undefined) return false;
    rest = rest.subarray(first.length);
  }
  return true;
}
