import { encode } from '#wire';
import type { MqttVersion } from '#spec';
import type { Publish, Qos } from '#wire';
import type { SharedBytes } from './effects.ts';
import type { Message } from './message.ts';

/** How one delivery of a message looks. */
export interface Shape {
  readonly qos: Qos;
  readonly retain: boolean;
  readonly dup: boolean;
  readonly packetId?: number;
  readonly identifiers?: readonly number[] | undefined;
  /** Seconds. */
  readonly expiryLeft?: number | undefined;
}

/** The PUBLISH that carries a message. Without properties there is no empty record. */
export function publishOf(message: Message, shape: Shape): Publish {
  const { identifiers, expiryLeft } = shape;
  let { properties } = message;
  if (expiryLeft !== undefined) properties = { ...properties, messageExpiryInterval: expiryLeft };
  if (identifiers !== undefined && identifiers.length > 0)
    properties = { ...properties, subscriptionIdentifiers: identifiers };
  const { qos, retain, dup, packetId } = shape;
  const { topic, payload } = message;
  const packet: { -readonly [K in keyof Publish]: Publish[K] } = { type: 'PUBLISH', topic, payload, qos, retain, dup };
  if (packetId !== undefined) packet.packetId = packetId;
  if (properties !== undefined) packet.properties = properties;
  return packet;
}

/** One message on its way to many: QoS 0 packets that are alike are encoded once. */
export class FanOut {
  readonly message: Message;
  private readonly made: (SharedBytes | undefined)[] = [];

  constructor(message: Message) {
    this.message = message;
  }

  /** The QoS 0 packet without anything of one receiver's own. */
  plain(version: MqttVersion, retain: boolean, expiryLeft: number | undefined): SharedBytes {
    const slot = (version === '5.0' ? 2 : 0) + (retain ? 1 : 0);
    let made = this.made[slot];
    if (made === undefined) {
      const packet = publishOf(this.message, { qos: 0, retain, dup: false, expiryLeft });
      made = { packet, bytes: encode(packet, version) };
      this.made[slot] = made;
    }
    return made;
  }
}
