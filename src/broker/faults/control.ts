/** Faults of Ping, Pong and Close. */
import { decodeCloseBody, encodeCloseBody, OPCODES, type Frame } from '#wire';
import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { changeFrames, dropFrames, failOnFrames, isClose, isData, on } from './framing-tools.ts';
import { later } from './packet-tools.ts';

const PINGRESP = Uint8Array.of(0xd0, 0x00);

/** 5.0: Protocol Error. */
const DISCONNECT = Uint8Array.of(0xe0, 0x02, 0x82, 0x00);

/** Whether the standard lets no client send this Close (RFC 6455 §5.5, §7.4). */
function isBadClose({ fin, payload }: Frame): boolean {
  const { violations } = decodeCloseBody(payload, 'client');
  return !fin || payload.length > 125 || violations.length > 0;
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
  'late-pong': on('frame-sent', (effect) => [effect.frame.opcode === OPCODES.pong ? later(effect, 60_000) : effect]),
  'pong-for-first-ping': { decide: { 'ws.pong': () => 'first' } },
  'no-pong-inside-fragments': dropFrames(({ opcode }, inside) => inside && opcode === OPCODES.ping),
  'pong-fatal': failOnFrames(({ opcode }) => opcode === OPCODES.pong),
  'ignores-close': { decide: { 'ws.close-answer': () => false } },
  'ignores-empty-close': dropFrames((frame) => isClose(frame) && frame.payload.length === 0),
  'stays-open-after-bad-close': {
    waive: ['close.body-1-byte', 'close.code-invalid', 'close.too-long', 'close.fragmented', 'close.reason-not-utf8'],
    rewrite: (effect) =>
      effect.kind === 'frame-received' && isClose(effect.frame) && isBadClose(effect.frame) ? [] : [effect],
  },
  'close-code-1005': { decide: { 'ws.close-answer-code': () => 1005 } },
  'close-code-1006': { decide: { 'ws.close-answer-code': () => 1006, 'ws.close-code': () => 1006 } },
  'close-reason-not-utf8': changeFrames(isClose, () => ({ payload: encodeCloseBody(1000, Uint8Array.of(0xff)) })),
  'data-after-close': on('frame-sent', (effect) =>
    isClose(effect.frame) ? [effect, { ...effect, frame: { opcode: OPCODES.binary, payload: PINGRESP } }] : [effect],
  ),
  'disconnect-behind-close': on('frame-sent', (effect) => {
    const { frame } = effect;
    if (isData(frame) && frame.payload[0] === DISCONNECT[0]) return [];
    const isError = isClose(frame) && decodeCloseBody(frame.payload, 'server').close.code === 1002;
    return isError ? [effect, { ...effect, frame: { opcode: OPCODES.binary, payload: DISCONNECT } }] : [effect];
  }),
  'keep-alive-by-empty-frames': {
    decide: { 'keep-alive.by-ping': () => true },
    rewrite: (effect) => {
      if (effect.kind !== 'frame-received' || !isData(effect.frame) || effect.frame.payload.length > 0) return [effect];
      return [effect, { ...effect, frame: { ...effect.frame, opcode: OPCODES.ping } }];
    },
  },
  'serves-data-after-close': { decide: { 'ws.after-close': () => 'serve' } },
  'keeps-tcp-open-after-close': { decide: { 'ws.tcp-after-close': () => -1 } },
  'waits-for-close-without-end': { decide: { 'ws.close-limit': () => -1 } },
  'stays-open-after-mqtt-error': {
    rewrite: (effect) => (effect.kind === 'end' && effect.reason.kind === 'protocol-error' ? [] : [effect]),
  },
} as const satisfies { readonly [F in FaultName]?: Alteration };
