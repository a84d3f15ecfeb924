/** Faults of Ping, Pong and Close. */
import { encodeCloseBody, OPCODES } from '#wire';
import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { changeFrames, dropFrames, failOnFrames, isClose, on } from './framing-tools.ts';

const PINGRESP = Uint8Array.of(0xd0, 0x00);

/** Whether the standard lets a client send this body (RFC 6455 §7.4). */
function isBadCloseBody(payload: Uint8Array): boolean {
  const code = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
  return (
    payload.length === 1 ||
    (payload.length > 1 && (code < 1000 || [1004, 1005, 1006].includes(code) || (code > 1014 && code < 3000)))
  );
}

export const CONTROL = {
  'no-pong': { decide: { 'ws.pong': () => 'none' } },
  'no-pong-before-connect': on('frame-received', (effect, { clientId }) =>
    effect.frame.opcode === OPCODES.ping && clientId === '' ? [] : [effect],
  ),
  'pong-other-payload': { decide: { 'ws.pong-payload': () => 'other' } },
  'pong-empty': { decide: { 'ws.pong-payload': () => 'empty' } },
  'answers-oversized-ping': { waive: ['control.too-long'] },
  'answers-fragmented-ping': { waive: ['control.fragmented'] },
  'pong-fatal': failOnFrames(({ opcode }) => opcode === OPCODES.pong),
  'ignores-close': { decide: { 'ws.close-answer': () => false } },
  'ignores-empty-close': dropFrames((frame) => isClose(frame) && frame.payload.length === 0),
  'stays-open-after-bad-close': {
    waive: ['close.body-1-byte', 'close.code-invalid', 'close.too-long', 'close.fragmented', 'close.reason-not-utf8'],
    rewrite: (effect) =>
      effect.kind === 'frame-received' && isClose(effect.frame) && isBadCloseBody(effect.frame.payload) ? [] : [effect],
  },
  'close-code-1005': { decide: { 'ws.close-answer-code': () => 1005 } },
  'close-code-1006': { decide: { 'ws.close-answer-code': () => 1006, 'ws.close-code': () => 1006 } },
  'close-reason-not-utf8': changeFrames(isClose, () => ({ payload: encodeCloseBody(1000, Uint8Array.of(0xff)) })),
  'data-after-close': on('frame-sent', (effect) =>
    isClose(effect.frame) ? [effect, { ...effect, frame: { opcode: OPCODES.binary, payload: PINGRESP } }] : [effect],
  ),
  'serves-data-after-close': { decide: { 'ws.after-close': () => 'serve' } },
  'keeps-tcp-open-after-close': { decide: { 'ws.tcp-after-close': () => -1 } },
  'waits-for-close-without-end': { decide: { 'ws.close-limit': () => -1 } },
  'stays-open-after-mqtt-error': {
    rewrite: (effect) => (effect.kind === 'end' && effect.reason.kind === 'protocol-error' ? [] : [effect]),
  },
} as const satisfies { readonly [F in FaultName]?: Alteration };
