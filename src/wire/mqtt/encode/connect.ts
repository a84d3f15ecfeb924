import type { Connect, Will } from '../packets.ts';
import { binarySize, stringSize, writeBinary, writeString, writeU16 } from './fields.ts';
import { propertiesSize, writeProperties } from './properties.ts';

/** Levels above 5 have the layout of 5: nobody knows a better one. */
const isFive = (packet: Connect): boolean => packet.protocolLevel >= 5;

/** §3.1. */
export function connectSize(packet: Connect): number {
  const { will, username, password } = packet;
  const five = isFive(packet);
  let size = stringSize(packet.protocolName) + 4 + stringSize(packet.clientId);
  if (five) size += propertiesSize(packet.properties);
  if (will !== undefined) {
    size += stringSize(will.topic) + binarySize(will.payload);
    if (five) size += propertiesSize(will.properties);
  }
  if (username !== undefined) size += stringSize(username);
  if (password !== undefined) size += binarySize(password);
  return size;
}

export function writeConnect(packet: Connect, into: Uint8Array, at: number): number {
  const { will, username, password } = packet;
  const five = isFive(packet);
  let to = writeString(packet.protocolName, into, at);
  into[to++] = packet.protocolLevel;
  into[to++] = flagsOf(packet);
  to = writeU16(packet.keepAlive, into, to);
  if (five) to = writeProperties(packet.properties, into, to);
  to = writeString(packet.clientId, into, to);
  if (will !== undefined) to = writeWill(will, five, into, to);
  if (username !== undefined) to = writeString(username, into, to);
  if (password !== undefined) to = writeBinary(password, into, to);
  return to;
}

function flagsOf({ cleanStart, will, username, password }: Connect): number {
  const willFlags = will === undefined ? 0 : 0x04 | (will.qos << 3) | (will.retain ? 0x20 : 0);
  return (
    willFlags | (cleanStart ? 0x02 : 0) | (username === undefined ? 0 : 0x80) | (password === undefined ? 0 : 0x40)
  );
}

function writeWill(will: Will, five: boolean, into: Uint8Array, at: number): number {
  const to = five ? writeProperties(will.properties, into, at) : at;
  return writeBinary(will.payload, into, writeString(will.topic, into, to));
}
