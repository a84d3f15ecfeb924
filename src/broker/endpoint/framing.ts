/** Which frames a burst of packets leaves in. */
import { fragmentMessage, OPCODES, splitFrames, type FrameToSend, type PerMessageDeflate } from '#wire';
import type { About } from '../alteration.ts';
import type { Gate } from '../gate.ts';
import { joined } from './gathered.ts';

/** `parts` are whole packets. A compressed message is one frame, or fragments of one. */
export function frames(
  parts: readonly Uint8Array[],
  length: number,
  gate: Gate,
  about: About,
  deflate: PerMessageDeflate | undefined,
): readonly FrameToSend[] {
  const framing = gate.decide('ws.framing', 'burst', about);
  if (framing === 'packet') return parts.map((payload) => message(payload, deflate));
  const payload = joined(parts, length);
  if (framing === 'byte') return splitFrames(payload, octets(payload.length));
  const whole = message(payload, deflate);
  if (framing === 'burst') return [whole];
  const size = Math.max(1, Math.ceil(whole.payload.length / 3));
  return fragmentMessage(OPCODES.binary, whole.payload, [size]).map((frame, index) => ({
    ...frame,
    rsv1: index === 0 && whole.rsv1 === true,
  }));
}

/** A large packet would cost millions of frames: behind so many octets the rest comes at once. */
const MOST_SINGLE_OCTETS = 200;

function octets(length: number): readonly number[] {
  const single = Array.from({ length: Math.min(length, MOST_SINGLE_OCTETS) }, () => 1);
  return [...single, Math.max(1, length - single.length)];
}

function message(payload: Uint8Array, deflate: PerMessageDeflate | undefined): FrameToSend {
  if (deflate === undefined) return { opcode: OPCODES.binary, payload };
  return { opcode: OPCODES.binary, payload: deflate.compress(payload), rsv1: true };
}
