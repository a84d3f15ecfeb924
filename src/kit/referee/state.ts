/** What the referee knows of one connection, from what was sent and what came. */
import type { Connect, Packet, Publish, Subscription } from '#wire';

export class RefereeState {
  connect: Connect | undefined;
  accepted = false;
  connacks = 0;
  /** AUTH packets of the server so far. */
  auths = 0;
  disconnected = false;
  /** Something illegal was sent: answers to it are the case's matter, not the referee's. */
  deviated = false;
  /** CONNECT asked for a level that doesn't exist: the form of its CONNACK is nobody's (5.0/R-3.2.2.2-1). */
  unknownLevel = false;
  /** Session state from an earlier connection: what is subscribed and open isn't known. */
  inherited = false;
  /** QoS of the last PUBLISH by packet identifier, client to server. Kept after the answer: answers may come twice. */
  readonly publishes = new Map<number, 1 | 2>();
  readonly subscribes = new Map<number, readonly Subscription[]>();
  readonly unsubscribes = new Map<number, readonly string[]>();
  /** Requested or granted, by filter. */
  readonly subscriptions = new Map<string, { readonly qos: number; leaving: boolean }>();
  /** By packet identifier, server to client: until PUBACK or PUBCOMP of ours. */
  readonly deliveries = new Map<number, Publish>();
  /** Identifiers of all deliveries so far, and of all PUBRECs. */
  readonly delivered = new Set<number>();
  readonly aliases = new Map<number, string>();

  sent(packet: Packet): void {
    switch (packet.type) {
      case 'CONNECT':
        this.connect ??= packet;
        return;
      case 'PUBLISH':
        if (packet.packetId !== undefined && packet.qos !== 0) this.publishes.set(packet.packetId, packet.qos);
        return;
      case 'PUBREL':
        this.publishes.set(packet.packetId, 2);
        return;
      case 'PUBACK':
      case 'PUBCOMP':
        this.deliveries.delete(packet.packetId);
        return;
      case 'PUBREC':
        if (packet.reasonCode >= 0x80) this.deliveries.delete(packet.packetId);
        // A PUBREC that nothing waits for may be answered too: PUBREL 0x92 (5.0), or as if it were due (3.1.1).
        this.delivered.add(packet.packetId);
        return;
      case 'SUBSCRIBE':
        this.subscribes.set(packet.packetId, packet.subscriptions);
        for (const { filter, qos } of packet.subscriptions) {
          const before = this.subscriptions.get(filter);
          // Until SUBACK both the old and the new maximum QoS may be in force.
          this.subscriptions.set(filter, { qos: Math.max(qos, before?.qos ?? 0), leaving: false });
        }
        return;
      case 'UNSUBSCRIBE':
        this.unsubscribes.set(packet.packetId, packet.filters);
        return;
      default:
    }
  }
}
