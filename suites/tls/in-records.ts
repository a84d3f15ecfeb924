/** Octets in records of a case's own making. */
import { encodeFrame, OPCODES, splitBytes, type CaseContext, type Client } from '#kit';

type Context = CaseContext<unknown>;

/** Octets that leave in pieces of these sizes, each in a record of its own; the last size repeats. */
export async function inRecords(
  t: Context,
  { wire }: Client,
  bytes: Uint8Array,
  sizes: readonly number[],
): Promise<void> {
  for (const piece of splitBytes(bytes, sizes)) {
    wire.duplex.write(piece);
    // A turn of its own: what waits would be joined with it.
    while (wire.duplex.buffered > 0) await t.pause(0);
    await t.pause(0);
  }
}

/** Packets as they leave on this transport: over WebSocket each in a frame, or cut over frames of these sizes. */
export function framed(client: Client, packets: Uint8Array, frames: readonly number[]): Uint8Array {
  if (!client.wire.websocket) return packets;
  const parts = splitBytes(packets, frames).map((payload) =>
    encodeFrame({ opcode: OPCODES.binary, payload, maskingKey: client.wire.maskingKey() }),
  );
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
