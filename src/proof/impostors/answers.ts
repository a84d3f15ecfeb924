/** What a broker that only says yes answers to a packet. */
import { encode, PacketReader, type Packet } from '#wire';
import type { MqttVersion } from '#spec';

export interface Answers {
  /** Octets of the answers to what these octets complete. */
  to(bytes: Uint8Array): Uint8Array[];
  /** Packets seen so far. */
  readonly packets: number;
  readonly version: MqttVersion;
}

export interface Habits {
  /** The code of CONNACK. Default 0. */
  readonly connack?: (version: MqttVersion) => number;
}

export function answers(habits: Habits = {}): Answers {
  const reader = new PacketReader({ from: 'client', tolerate: () => true });
  let version: MqttVersion = '5.0';
  let packets = 0;
  return {
    to(bytes) {
      const out: Uint8Array[] = [];
      for (const event of reader.push(bytes)) {
        packets += 1;
        if (event.kind !== 'packet') continue;
        if (event.packet.type === 'CONNECT') version = event.packet.protocolLevel >= 5 ? '5.0' : '3.1.1';
        const answer = answerTo(event.packet, version, habits);
        if (answer !== undefined) out.push(encode(answer, version));
      }
      return out;
    },
    get packets() {
      return packets;
    },
    get version() {
      return version;
    },
  };
}

function answerTo(packet: Packet, version: MqttVersion, habits: Habits): Packet | undefined {
  switch (packet.type) {
    case 'CONNECT':
      return { type: 'CONNACK', sessionPresent: false, reasonCode: habits.connack?.(version) ?? 0 };
    case 'PUBLISH':
      if (packet.qos === 0 || packet.packetId === undefined) return undefined;
      return { type: packet.qos === 1 ? 'PUBACK' : 'PUBREC', packetId: packet.packetId, reasonCode: 0 };
    case 'PUBREL':
      return { type: 'PUBCOMP', packetId: packet.packetId, reasonCode: 0 };
    case 'SUBSCRIBE':
      return { type: 'SUBACK', packetId: packet.packetId, reasonCodes: packet.subscriptions.map(({ qos }) => qos) };
    case 'UNSUBSCRIBE':
      return {
        type: 'UNSUBACK',
        packetId: packet.packetId,
        reasonCodes: version === '5.0' ? packet.filters.map(() => 0) : [],
      };
    case 'PINGREQ':
      return { type: 'PINGRESP' };
    default:
      return undefined;
  }
}
