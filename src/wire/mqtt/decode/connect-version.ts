import type { MqttVersion } from '#spec';

const MQTT = [0x00, 0x04, 0x4d, 0x51, 0x54, 0x54] as const;
const MQISDP = [0x00, 0x06, 0x4d, 0x51, 0x49, 0x73, 0x64, 0x70] as const;

function beginsWith(bytes: Uint8Array, at: number, end: number, name: readonly number[]): boolean {
  return at + name.length < end && name.every((byte, i) => bytes[at + i] === byte);
}

/** Where the protocol level of a CONNECT lies whose body begins at `body`; -1 where its protocol name is not a known one. */
export function levelIndex(bytes: Uint8Array, body: number, end: number): number {
  if (beginsWith(bytes, body, end, MQTT)) return body + MQTT.length;
  return beginsWith(bytes, body, end, MQISDP) ? body + MQISDP.length : -1;
}

/**
 * The version that a CONNECT asks for: level 3 (`MQIsdp`) has the layout of 3.1.1. Undefined for a level or a name that
 * nobody has defined.
 */
export function connectVersion(bytes: Uint8Array, body: number, end: number): MqttVersion | undefined {
  const index = levelIndex(bytes, body, end);
  const level = index < 0 ? undefined : bytes[index];
  if (level === 5) return '5.0';
  return level === 4 || (level === 3 && bytes[body + 1] === MQISDP[1]) ? '3.1.1' : undefined;
}
