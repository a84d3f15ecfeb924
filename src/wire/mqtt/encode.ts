/** Packets to bytes, as they are: nothing is corrected, nothing added, properties in the order in which they are given. */
import type { MqttVersion } from '#spec';
import { EncodeError } from './encode-error.ts';
import { connectSize, writeConnect } from './encode/connect.ts';
import { publishFlags, publishSize, writePublish } from './encode/publish.ts';
import { replySize, endingSize, writeEnding, writeReply } from './encode/replies.ts';
import {
  ackSize,
  subscribeSize,
  unsubscribeSize,
  writeAck,
  writeSubscribe,
  writeUnsubscribe,
} from './encode/subscriptions.ts';
import { propertiesSize, writeProperties } from './encode/properties.ts';
import { TYPE_NUMBER } from './packet-types.ts';
import type { Packet } from './packets.ts';
import { VBI_MAX, vbiLength, writeVbi } from './vbi.ts';

/**
 * The packet in bytes of its own. In 5.0 an absent `properties` of PUBACK, DISCONNECT and their like gives the short form,
 * `{}` a property length of 0. A CONNECT is written for its own `protocolLevel`, whatever `version` says.
 * @throws EncodeError where a value has no form on the wire.
 */
export function encode(packet: Packet, version: MqttVersion): Uint8Array {
  const body = bodySize(packet, version);
  const bytes = new Uint8Array(1 + vbiLength(body) + body);
  write(packet, version, body, bytes, 0);
  return bytes;
}

/**
 * Writes the packet into `into` at `offset` and gives the offset behind it. -1 where it doesn't fit: nothing is written then.
 * @throws EncodeError where a value has no form on the wire.
 */
export function encodeInto(packet: Packet, version: MqttVersion, into: Uint8Array, offset: number): number {
  const body = bodySize(packet, version);
  if (offset + 1 + vbiLength(body) + body > into.length) return -1;
  return write(packet, version, body, into, offset);
}

/** Bytes that the packet takes on the wire. */
export function encodedSize(packet: Packet, version: MqttVersion): number {
  const body = bodySize(packet, version);
  return 1 + vbiLength(body) + body;
}

function bodySize(packet: Packet, version: MqttVersion): number {
  const size = sizeOf(packet, version);
  if (size > VBI_MAX) throw new EncodeError(`a ${packet.type} of ${size} bytes: remaining length ends at ${VBI_MAX}`);
  return size;
}

function sizeOf(packet: Packet, version: MqttVersion): number {
  const five = version === '5.0';
  switch (packet.type) {
    case 'PUBLISH':
      return publishSize(packet, five);
    case 'CONNECT':
      return connectSize(packet);
    case 'CONNACK':
      return five ? 2 + propertiesSize(packet.properties) : 2;
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return replySize(packet, five);
    case 'SUBSCRIBE':
      return subscribeSize(packet, five);
    case 'UNSUBSCRIBE':
      return unsubscribeSize(packet, five);
    case 'SUBACK':
    case 'UNSUBACK':
      return ackSize(packet, five);
    case 'PINGREQ':
    case 'PINGRESP':
      return 0;
    default:
      return endingSize(packet, five);
  }
}

function write(packet: Packet, version: MqttVersion, body: number, into: Uint8Array, offset: number): number {
  const five = version === '5.0';
  into[offset] = (TYPE_NUMBER[packet.type] << 4) | flagsOf(packet);
  const at = writeVbi(body, into, offset + 1);
  switch (packet.type) {
    case 'PUBLISH':
      return writePublish(packet, five, into, at);
    case 'CONNECT':
      return writeConnect(packet, into, at);
    case 'CONNACK':
      into[at] = packet.sessionPresent ? 1 : 0;
      into[at + 1] = packet.reasonCode;
      return five ? writeProperties(packet.properties, into, at + 2) : at + 2;
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return writeReply(packet, five, into, at);
    case 'SUBSCRIBE':
      return writeSubscribe(packet, five, into, at);
    case 'UNSUBSCRIBE':
      return writeUnsubscribe(packet, five, into, at);
    case 'SUBACK':
    case 'UNSUBACK':
      return writeAck(packet, five, into, at);
    case 'PINGREQ':
    case 'PINGRESP':
      return at;
    default:
      return writeEnding(packet, five, into, at);
  }
}

function flagsOf(packet: Packet): number {
  if (packet.type === 'PUBLISH') return publishFlags(packet);
  return packet.type === 'PUBREL' || packet.type === 'SUBSCRIBE' || packet.type === 'UNSUBSCRIBE' ? 2 : 0;
}
