/** Packets in one line, for transcripts. Secrets never appear: passwords and authentication data are shown by length. */
import type { MqttVersion } from '#spec';
import { decodeUtf8, utf8Problem } from '../utf8.ts';
import { hex } from './decode/decoding.ts';
import type { Connect, Packet, Publish, Subscription } from './packets.ts';
import type { Properties } from './properties.ts';
import { reasonName, type CodedType } from './reason-codes.ts';

/** Bytes of a payload that a line shows. */
export const MAXIMUM_SHOWN_PAYLOAD = 40;

/** `CONNACK 0x00 Success sessionPresent`, `PUBLISH topic="a/b" qos=1 id=3 5 bytes "hello"`. The version only chooses the names of codes. */
export function describe(packet: Packet, version: MqttVersion = '5.0'): string {
  return [packet.type, ...parts(packet, version), ...describeProperties(propertiesOf(packet))].join(' ');
}

function parts(packet: Packet, version: MqttVersion): readonly string[] {
  switch (packet.type) {
    case 'CONNECT':
      return connectParts(packet);
    case 'CONNACK':
      return [code('CONNACK', packet.reasonCode, version), ...(packet.sessionPresent ? ['sessionPresent'] : [])];
    case 'PUBLISH':
      return publishParts(packet);
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return [
        `id=${packet.packetId}`,
        ...(packet.reasonCode === 0 ? [] : [code(packet.type, packet.reasonCode, version)]),
      ];
    case 'SUBSCRIBE':
      return [`id=${packet.packetId}`, ...packet.subscriptions.map(subscription)];
    case 'UNSUBSCRIBE':
      return [`id=${packet.packetId}`, ...packet.filters.map(name)];
    case 'SUBACK':
    case 'UNSUBACK':
      return [
        `id=${packet.packetId}`,
        packet.reasonCodes.map((each) => code(packet.type, each, version)).join(', '),
      ].filter(Boolean);
    case 'PINGREQ':
    case 'PINGRESP':
      return [];
    default:
      return [code(packet.type, packet.reasonCode, version)];
  }
}

function propertiesOf(packet: Packet): Properties | undefined {
  return packet.type === 'PINGREQ' || packet.type === 'PINGRESP' ? undefined : packet.properties;
}

function code(type: CodedType, value: number, version: MqttVersion): string {
  return `${hex(value)} ${reasonName(type, value, version) ?? 'not in the table'}`;
}

function connectParts({
  protocolName,
  protocolLevel,
  cleanStart,
  keepAlive,
  clientId,
  will,
  username,
  password,
}: Connect): string[] {
  return [
    `${protocolName} level ${protocolLevel}`,
    `clientId=${JSON.stringify(clientId)}`,
    `keepAlive=${keepAlive}`,
    ...(cleanStart ? ['cleanStart'] : []),
    ...(will ? [`will=(${[...messageParts(will), ...describeProperties(will.properties)].join(' ')})`] : []),
    ...(username === undefined ? [] : [`username=${JSON.stringify(username)}`]),
    ...(password ? [`password=*** (${password.length} bytes)`] : []),
  ];
}

function publishParts(packet: Publish): string[] {
  const id = packet.packetId === undefined ? [] : [`id=${packet.packetId}`];
  return messageParts(packet, [...id, ...(packet.dup ? ['dup'] : [])]);
}

interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: number;
  readonly retain: boolean;
}

function messageParts({ topic, payload, qos, retain }: Message, between: readonly string[] = []): string[] {
  const size = `${payload.length} byte${payload.length === 1 ? '' : 's'}`;
  return [`topic=${name(topic)}`, `qos=${qos}`, ...between, ...(retain ? ['retain'] : []), size, ...shown(payload)];
}

/** Characters of a topic name or filter that are shown. */
const LONGEST_NAME = 200;

/** A topic name or filter in quotes, cut where it is long. */
function name(text: string): string {
  if (text.length <= LONGEST_NAME) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, LONGEST_NAME))}… (${text.length} characters)`;
}

/** Text in quotes, other bytes as hex; cut where it is long. */
function shown(payload: Uint8Array): string[] {
  if (payload.length === 0) return [];
  const more = payload.length > MAXIMUM_SHOWN_PAYLOAD ? '…' : '';
  if (utf8Problem(payload) === undefined && !payload.some((byte) => byte < 0x20 || byte === 0x7f)) {
    let end = Math.min(payload.length, MAXIMUM_SHOWN_PAYLOAD);
    while (end < payload.length && ((payload[end] as number) & 0xc0) === 0x80) end -= 1;
    return [JSON.stringify(decodeUtf8(payload, 0, end)) + more];
  }
  return [
    hexText(payload.subarray(0, MAXIMUM_SHOWN_PAYLOAD / 2)) + (payload.length > MAXIMUM_SHOWN_PAYLOAD / 2 ? '…' : ''),
  ];
}

function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function subscription({ filter, qos, noLocal, retainAsPublished, retainHandling }: Subscription): string {
  const options = [
    `qos=${qos}`,
    ...(noLocal ? ['noLocal'] : []),
    ...(retainAsPublished ? ['retainAsPublished'] : []),
    ...(retainHandling === 0 ? [] : [`retainHandling=${retainHandling}`]),
  ];
  return `${name(filter)} (${options.join(' ')})`;
}

/** Each property as `name=value`, in the order of the wire. */
export function describeProperties(properties: Properties | undefined): string[] {
  return Object.entries(properties ?? {}).map(([name, value]) => `${name}=${propertyText(name, value)}`);
}

function propertyText(name: string, value: unknown): string {
  if (value instanceof Uint8Array) {
    return name === 'authenticationData'
      ? `*** (${value.length} bytes)`
      : `${value.length} bytes ${shown(value).join('')}`.trim();
  }
  return JSON.stringify(value);
}
