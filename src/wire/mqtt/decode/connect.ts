import type { Connect, Qos, Will } from '../packets.ts';
import type { Properties } from '../properties.ts';
import { connectVersion, levelIndex } from './connect-version.ts';
import { hex, type Decoding } from './decoding.ts';
import { readProperties } from './properties.ts';
import { readBinary, readString } from './strings.ts';

/**
 * Sets the version that CONNECT speaks, and judges its level before anything else of its layout: a level that is not
 * known makes the rest unreadable. Called at the first byte behind the fixed header.
 */
export function settleVersion(d: Decoding): void {
  const index = levelIndex(d.bytes, d.at, d.end);
  if (index < 0) return;
  const version = connectVersion(d.bytes, d.at, d.end);
  if (version !== undefined) d.version = version;
  else d.fail('connect.protocol-level', index, `protocol level ${d.bytes[index] as number} is not supported`);
}

/** §3.1. */
export function readConnect(d: Decoding): Connect {
  const nameAt = d.at;
  const protocolName = readString(d, 'protocol-name');
  const levelAt = d.at;
  const protocolLevel = d.u8('protocol-level');
  const known = protocolName === 'MQTT' || protocolName === 'MQIsdp';
  if (!known || (protocolName === 'MQIsdp') !== (protocolLevel === 3)) {
    d.fail(
      'connect.protocol-name',
      nameAt,
      `protocol name ${JSON.stringify(protocolName)} with level ${protocolLevel}`,
    );
    if (!known && protocolLevel !== 4 && protocolLevel !== 5) {
      d.fail('connect.protocol-level', levelAt, `protocol level ${protocolLevel} is not supported`);
    } else if (!known) d.version = protocolLevel === 5 ? '5.0' : '3.1.1';
  }
  const flagsAt = d.at;
  const flags = checkFlags(d, d.u8('flags'), flagsAt);
  const keepAlive = d.u16('keep-alive');
  const properties = d.version === '5.0' ? readConnectProperties(d) : undefined;
  const clientId = readString(d, 'client-id');
  const will = flags & 0x04 ? readWill(d, flags) : undefined;
  const username = flags & 0x80 ? readString(d, 'username') : undefined;
  const password = flags & 0x40 ? readPassword(d) : undefined;
  return {
    type: 'CONNECT',
    protocolName,
    protocolLevel,
    cleanStart: (flags & 0x02) !== 0,
    keepAlive,
    clientId,
    ...(will && { will }),
    ...(username !== undefined && { username }),
    ...(password && { password }),
    ...(properties && { properties }),
  };
}

/** The flags that count: with their recoveries applied. */
function checkFlags(d: Decoding, byte: number, at: number): number {
  let flags = byte;
  if (flags & 0x01) d.fail('connect.reserved-flag', at, 'the reserved flag of CONNECT is 1');
  if (flags & 0x04) {
    if ((flags & 0x18) === 0x18) {
      d.fail('connect.will-qos-3', at, 'will QoS is 3');
      flags &= ~0x08;
    }
  } else {
    const qos = (flags >> 3) & 3;
    if (qos !== 0)
      d.fail('connect.will-qos-without-will', at, `will QoS is ${qos} without the will flag (${hex(byte)})`);
    if (flags & 0x20) {
      d.fail('connect.will-retain-without-will', at, `will retain is 1 without the will flag (${hex(byte)})`);
    }
  }
  if (d.version !== '5.0' && (flags & 0xc0) === 0x40) {
    d.fail('connect.password-without-username', at, `a password without a user name (${hex(byte)})`);
  }
  return flags;
}

function readConnectProperties(d: Decoding): Properties | undefined {
  const start = d.at;
  const properties = readProperties(d, 'CONNECT');
  if (properties?.authenticationData !== undefined && properties.authenticationMethod === undefined) {
    d.fail('connect.auth-data-without-method', start, 'authentication data without an authentication method');
  }
  return properties;
}

function readWill(d: Decoding, flags: number): Will {
  d.prefix = 'will.';
  const properties = d.version === '5.0' ? readProperties(d, 'WILL') : undefined;
  const topicAt = d.at;
  const topic = readString(d, 'topic');
  if (topic === '') d.fail('will.topic-empty', topicAt, 'the will topic is empty');
  if (/[+#]/.test(topic))
    d.fail('will.topic-wildcard', topicAt, `will topic ${JSON.stringify(topic)} holds a wildcard`);
  const payload = readBinary(d, 'payload');
  d.prefix = 'connect.';
  const will = { topic, payload, qos: ((flags >> 3) & 3) as Qos, retain: (flags & 0x20) !== 0 };
  return properties ? { ...will, properties } : will;
}

/** Its span says the length only: secrets are not for reports. */
function readPassword(d: Decoding): Uint8Array {
  return readBinary(d, 'password');
}
