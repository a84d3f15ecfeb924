import type { Clock, RandomBytes } from '#io';
import { encodedSize } from '#wire';
import type { Packet } from '#wire';
import type { BrokerUser } from './contract.ts';
import type { SharedBytes } from './effects.ts';
import type { Gate } from './gate.ts';
import type { Limits } from './limits.ts';
import type { Message } from './message.ts';
import type { Connection } from './state.ts';
import type { Store } from './store.ts';
import type { Cause, Why } from './why.ts';

/** What every part of the core works with. */
export interface Context {
  readonly gate: Gate;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly limits: Limits;
  readonly users: readonly BrokerUser[] | undefined;
  readonly store: Store;
  /** What is being handled. */
  cause: Cause;
  /** Subscribers that the message routed last had. */
  matched: number;
}

/** A packet that is no PUBLISH may be too large for its client too: then it is not sent (5.0 §3.1.2.11.4). */
function isTooLarge(context: Context, connection: Connection, packet: Packet): boolean {
  if (connection.maximumPacketSize === Infinity || packet.type === 'PUBLISH') return false;
  if (encodedSize(packet, connection.version) <= connection.maximumPacketSize) return false;
  return context.gate.decide('reply.too-large', 'dropped', connection) === 'dropped';
}

export function send(
  context: Context,
  connection: Connection,
  packet: Packet,
  why: Why,
  message?: Message,
  shared?: SharedBytes,
): void {
  if (isTooLarge(context, connection, packet)) return;
  if (connection.keepAliveLimit > 0 && context.gate.decide('keep-alive.by-send', false, connection)) {
    connection.active = context.clock.now();
  }
  context.gate.emit({
    kind: 'send',
    connection: connection.connection,
    packet,
    why,
    cause: context.cause,
    message,
    shared,
  });
}
