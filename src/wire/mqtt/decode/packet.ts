import { FIELD_PREFIX, ONLY_FROM, PACKET_TYPES } from '../packet-types.ts';
import type { Packet, PacketType } from '../packets.ts';
import { readConnack } from './connack.ts';
import { readConnect, settleVersion } from './connect.ts';
import { hex, type Decoding } from './decoding.ts';
import { checkRemainingLength } from './fixed-header.ts';
import { readPublish } from './publish.ts';
import { readAuth, readDisconnect, readReply } from './replies.ts';
import { readSuback, readSubscribe, readUnsuback, readUnsubscribe } from './subscriptions.ts';

/** Decodes the packet whose body begins at `d.at` and ends at `d.end`. Throws REFUSED. */
export function readPacket(d: Decoding): Packet {
  const first = d.bytes[d.start] as number;
  const flags = first & 15;
  if (first >> 4 === 3) {
    d.packet = 'PUBLISH';
    d.prefix = 'publish.';
    checkRemainingLength(d);
    return readPublish(d, flags);
  }
  const type = packetType(d, first >> 4);
  d.packet = type;
  d.prefix = FIELD_PREFIX[type];
  if (type === 'CONNECT') settleVersion(d);
  checkRemainingLength(d);
  const only = type === 'DISCONNECT' && d.version !== '5.0' ? 'client' : ONLY_FROM[type];
  if (only !== undefined && only !== d.from)
    d.fail('packet.wrong-direction', d.start, `${type} comes from a ${only} only`);
  const wanted = type === 'PUBREL' || type === 'SUBSCRIBE' || type === 'UNSUBSCRIBE' ? 2 : 0;
  if (flags !== wanted)
    d.fail('packet.reserved-flags', d.start, `the flags of ${type} are ${hex(flags)}, not ${hex(wanted)}`);
  const packet = readBody(d, type);
  if (d.at < d.end) {
    d.fail('packet.trailing-bytes', d.at, `${d.end - d.at} bytes after the last field of ${type}`);
  }
  return packet;
}

function packetType(d: Decoding, number: number): PacketType {
  const type = PACKET_TYPES[number];
  if (type === undefined) d.fail('packet.type-reserved', d.start, 'packet type 0 is reserved');
  if (type === 'AUTH' && d.version !== '5.0') {
    d.packet = 'AUTH';
    d.fail('packet.type-reserved', d.start, 'packet type 15 is reserved in 3.1.1');
  }
  return type as PacketType;
}

function readBody(d: Decoding, type: PacketType): Packet {
  switch (type) {
    case 'CONNECT':
      return readConnect(d);
    case 'CONNACK':
      return readConnack(d);
    case 'PUBLISH':
      return readPublish(d, 0);
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return readReply(d, type);
    case 'SUBSCRIBE':
      return readSubscribe(d);
    case 'SUBACK':
      return readSuback(d);
    case 'UNSUBSCRIBE':
      return readUnsubscribe(d);
    case 'UNSUBACK':
      return readUnsuback(d);
    case 'PINGREQ':
    case 'PINGRESP':
      return { type };
    case 'DISCONNECT':
      return readDisconnect(d);
    default:
      return readAuth(d);
  }
}
