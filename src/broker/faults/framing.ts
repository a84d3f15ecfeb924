/** Faults of frames and messages. */
import { OPCODES } from '#wire';
import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { changeFrames, dropFrames, failOnFrames, firstPacket, isData, isWhole, on } from './framing-tools.ts';

const KEY = Uint8Array.of(0x11, 0x22, 0x33, 0x44);
const always = (): boolean => true;
/** Octets of a buffer that is filled once. */
const BURST = 16_384;
/** A size near which nobody looks for a border. */
const BORDER = 1_433;

function lastChanged(payload: Uint8Array): Uint8Array {
  const copy = payload.slice();
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 0xff;
  return copy;
}

export const FRAMING = {
  'serves-text-frames': { waive: ['ws.data-type'] },
  'ignores-text-frames': dropFrames(({ opcode }) => opcode === OPCODES.text),
  'sends-text-frames': changeFrames(
    ({ opcode }) => opcode === OPCODES.binary,
    () => ({ opcode: OPCODES.text }),
  ),
  'first-packet-of-frame-only': on('frame-received', (effect) => {
    const { frame } = effect;
    const payload = isData(frame) ? firstPacket(frame.payload) : undefined;
    return [payload === undefined ? effect : { ...effect, frame: { ...frame, payload } }];
  }),
  'needs-whole-packet-per-frame': failOnFrames((frame) => isData(frame) && !isWhole(frame.payload)),
  'drops-continuations': dropFrames(({ opcode }) => opcode === OPCODES.continuation),
  'control-inside-fragments-fatal': failOnFrames((frame, inside) => inside && !isData(frame)),
  'ignores-close-inside-fragments': dropFrames(({ opcode }, inside) => inside && opcode === OPCODES.close),
  'empty-frame-fatal': failOnFrames(({ opcode, payload }) => opcode === OPCODES.binary && payload.length === 0),
  'empty-fragment-fatal': failOnFrames(
    ({ opcode, payload, fin }, inside) => payload.length === 0 && opcode <= OPCODES.binary && (inside || !fin),
  ),
  'loses-split-frame-header': on('bytes-received', (effect) => (effect.bytes.length === 1 ? [] : [effect])),
  'accepts-unmasked': { waive: ['frame.unmasked'] },
  'refuses-zero-mask': failOnFrames(({ maskingKey }) => maskingKey?.every((octet) => octet === 0) === true),
  'masks-own-frames': changeFrames(always, () => ({ maskingKey: KEY })),
  'accepts-rsv': { waive: ['frame.rsv1', 'frame.rsv2', 'frame.rsv3'] },
  'sends-rsv1': changeFrames(isData, () => ({ rsv1: true })),
  'accepts-orphan-continuation': { waive: ['fragment.orphan-continuation'] },
  'accepts-binary-inside-message': { waive: ['fragment.binary-inside'] },
  'accepts-text-inside-message': { waive: ['fragment.text-inside', 'ws.data-type'] },
  'accepts-reserved-opcode': { waive: ['frame.reserved-data-opcode', 'frame.reserved-control-opcode'] },
  'accepts-non-minimal-length': { waive: ['frame.length-not-minimal'] },
  'accepts-length-msb': { waive: ['frame.length-msb'] },
  'non-minimal-length-sent': changeFrames(
    ({ payload }) => payload.length < 126,
    () => ({ lengthForm: 16 }),
  ),
  'cuts-length-to-16-bits': changeFrames(
    ({ payload }) => payload.length > 0xffff,
    ({ payload }) => ({ lengthForm: 16, announcedLength: BigInt(payload.length & 0xffff) }),
  ),
  'cuts-bursts': changeFrames(
    (frame) => isData(frame) && frame.payload.length > BURST,
    ({ payload }) => ({ payload: payload.subarray(0, BURST) }),
  ),
  'corrupts-one-size-sent': changeFrames(
    (frame) => isData(frame) && frame.payload.length === BORDER,
    ({ payload }) => ({ payload: lastChanged(payload) }),
  ),
  'corrupts-one-size-received': on('frame-received', (effect) => {
    const { frame } = effect;
    const strikes = isData(frame) && frame.payload.length === BORDER;
    return [strikes ? { ...effect, frame: { ...frame, payload: lastChanged(frame.payload) } } : effect];
  }),
  'frame-limit-below-packet-size': failOnFrames(({ payload }) => payload.length > 0x1_0000, 1009),
  'serves-behind-broken-frame': { decide: { 'ws.after-fail': () => 'read' } },
  'bare-fin-on-broken-frame': { decide: { 'ws.fail-code': () => -1 } },
} as const satisfies { readonly [F in FaultName]?: Alteration };
