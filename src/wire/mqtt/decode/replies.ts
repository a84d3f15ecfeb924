import type { Auth, Disconnect, PublishReply } from '../packets.ts';
import type { Properties } from '../properties.ts';
import { codeSender, isReasonCode } from '../reason-codes.ts';
import { hex, type Decoding } from './decoding.ts';
import { readProperties } from './properties.ts';

type ReplyType = 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP';
type CodeType = ReplyType | 'DISCONNECT' | 'AUTH';

/** §3.4 to §3.7. */
export function readReply<T extends ReplyType>(d: Decoding, type: T): PublishReply<T> {
  const packetId = d.u16('packet-id');
  if (packetId === 0) d.fail('packet-id.zero', d.at - 2, `${type} has packet identifier 0`);
  if (d.version !== '5.0' || d.at === d.end) return { type, packetId, reasonCode: 0 };
  const reasonCode = readCode(d, type);
  const properties = d.at === d.end ? undefined : readProperties(d, type);
  return properties === undefined ? { type, packetId, reasonCode } : { type, packetId, reasonCode, properties };
}

/** §3.14. */
export function readDisconnect(d: Decoding): Disconnect {
  if (d.version !== '5.0' || d.at === d.end) return { type: 'DISCONNECT', reasonCode: 0 };
  const { reasonCode, properties } = readEnding(d, 'DISCONNECT');
  return properties === undefined ? { type: 'DISCONNECT', reasonCode } : { type: 'DISCONNECT', reasonCode, properties };
}

/** §3.15. One without any bytes is legal (§3.15.2.1); whether its method is the right one only a session knows. */
export function readAuth(d: Decoding): Auth {
  if (d.at === d.end) return { type: 'AUTH', reasonCode: 0 };
  const { reasonCode, properties } = readEnding(d, 'AUTH');
  if (properties?.authenticationMethod === undefined) {
    d.fail('auth.method-absent', d.at, 'AUTH has no authentication method');
  }
  return properties === undefined ? { type: 'AUTH', reasonCode } : { type: 'AUTH', reasonCode, properties };
}

function readEnding(
  d: Decoding,
  type: 'DISCONNECT' | 'AUTH',
): { reasonCode: number; properties: Properties | undefined } {
  const at = d.at;
  const reasonCode = readCode(d, type);
  const sender = codeSender(type, reasonCode);
  if (sender !== undefined && sender !== d.from) {
    d.fail('reason-code.wrong-direction', at, `only a ${sender} sends ${type} ${hex(reasonCode)}`);
  }
  return { reasonCode, properties: d.at === d.end ? undefined : readProperties(d, type) };
}

function readCode(d: Decoding, type: CodeType): number {
  const code = d.u8('reason-code');
  if (!isReasonCode(type, '5.0', code))
    d.fail('reason-code.not-in-table', d.at - 1, `${type} has no code ${hex(code)}`);
  return code;
}
