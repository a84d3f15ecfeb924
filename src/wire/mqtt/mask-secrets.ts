import type { FieldSpan } from './codec.ts';
import { decodeFramed } from './decode.ts';
import { bodyStart } from './fixed-header.ts';

const STAR = 0x2a;
/** The packets that can hold a secret: CONNECT, CONNACK, AUTH. */
const SECRETIVE: readonly number[] = [1, 2, 15];
const SECRET = /^connect\.password$|\.property\.authenticationData\.value$/;

/**
 * A copy of a packet's bytes with password and authentication data overwritten by '*', of equal length. What can't be
 * decoded might be a secret: in a packet that may hold one it is overwritten to the end.
 */
export function maskSecrets(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  if (bytes.length === 0 || !SECRETIVE.includes((bytes[0] as number) >> 4)) return copy;
  const body = bodyStart(bytes, 0, bytes.length);
  if (body < 0) return copy.fill(STAR, Math.min(5, bytes.length));
  const fields: FieldSpan[] = [];
  const decoded = decodeFramed(bytes, 0, body, bytes.length, '5.0', 'client', () => true, fields);
  for (const { name, offset, length } of fields) if (SECRET.test(name)) copy.fill(STAR, offset + 2, offset + length);
  const understood = decoded.violation === undefined ? trailing(decoded.tolerated) : decoded.violation.offset;
  return understood === undefined ? copy : copy.fill(STAR, understood);
}

function trailing(tolerated: readonly { readonly name: string; readonly offset: number }[] = []): number | undefined {
  return tolerated.find(({ name }) => name === 'packet.trailing-bytes')?.offset;
}
