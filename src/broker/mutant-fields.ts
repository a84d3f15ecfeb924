import type { Packet, PacketOf, PacketType } from '#wire';

export interface FieldChange {
  readonly type: PacketType;
  readonly field: string;
  change(packet: Packet): Packet;
}

function field<T extends PacketType>(type: T, name: string, change: (packet: PacketOf<T>) => PacketOf<T>): FieldChange {
  return { type, field: name, change: (packet) => (packet.type === type ? change(packet as PacketOf<T>) : packet) };
}

const next = (packetId: number): number => (packetId % 65_535) + 1;

/** Each field that a server sends, with another value. */
export const FIELD_CHANGES: readonly FieldChange[] = [
  field('CONNACK', 'sessionPresent', (packet) => ({ ...packet, sessionPresent: !packet.sessionPresent })),
  field('CONNACK', 'reasonCode', (packet) => ({ ...packet, reasonCode: packet.reasonCode === 0 ? 0x80 : 0 })),
  field('PUBLISH', 'topic', (packet) => ({ ...packet, topic: `${packet.topic}x` })),
  field('PUBLISH', 'payload', (packet) => ({
    ...packet,
    payload: Uint8Array.of(0x21, ...packet.payload.subarray(0, 60)),
  })),
  field('PUBLISH', 'retain', (packet) => ({ ...packet, retain: !packet.retain })),
  field('PUBLISH', 'dup', (packet) => (packet.qos === 0 ? packet : { ...packet, dup: !packet.dup })),
  field('PUBLISH', 'packetId', (packet) =>
    packet.packetId === undefined ? packet : { ...packet, packetId: next(packet.packetId) },
  ),
  field('PUBLISH', 'qos', (packet) => ({
    ...packet,
    qos: packet.qos === 0 ? 1 : packet.qos === 1 ? 2 : 1,
    packetId: packet.packetId ?? 1,
    dup: packet.qos === 0 ? false : packet.dup,
  })),
  ...(['PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'] as const).flatMap((type) => [
    field(type, 'packetId', (packet) => ({ ...packet, packetId: next(packet.packetId) })),
    field(type, 'reasonCode', (packet) => ({
      ...packet,
      reasonCode: packet.reasonCode !== 0 ? 0 : type === 'PUBACK' || type === 'PUBREC' ? 0x80 : 0x92,
    })),
  ]),
  ...(['SUBACK', 'UNSUBACK'] as const).flatMap((type) => [
    field(type, 'packetId', (packet) => ({ ...packet, packetId: next(packet.packetId) })),
    field(type, 'reasonCodes', (packet) => ({
      ...packet,
      reasonCodes: packet.reasonCodes.map((code) => (code < 0x80 ? 0x80 : 0)),
    })),
    field(type, 'reasonCodes fewer', (packet) => ({ ...packet, reasonCodes: packet.reasonCodes.slice(1) })),
    field(type, 'reasonCodes more', (packet) => ({ ...packet, reasonCodes: [...packet.reasonCodes, 0] })),
  ]),
  field('DISCONNECT', 'reasonCode', (packet) => ({ ...packet, reasonCode: packet.reasonCode === 0x80 ? 0x83 : 0x80 })),
];
