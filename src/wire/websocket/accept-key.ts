import { encodeBase64 } from '../base64.ts';
import { latin1Bytes } from './latin1.ts';
import type { Sha1Port } from './ports.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Sec-WebSocket-Accept for a key exactly as it was sent, decoded by nobody (RFC 6455 §4.2.2 (5.4)). */
export function acceptKey(key: string, sha1: Sha1Port): string {
  return encodeBase64(sha1(latin1Bytes(key + GUID)));
}
