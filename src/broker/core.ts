/** The MQTT core of the reference broker: pure but for its clock and its random bytes. */
import type { Clock, RandomBytes } from '#io';
import { encodeUtf8 } from '#wire';
import type { Context } from './context.ts';
import type { BrokerUser } from './contract.ts';
import type { Core, CoreConnection, PacketSink } from './core-connection.ts';
import type { EffectOf } from './effects.ts';
import { endConnection } from './ending.ts';
import type { Gate } from './gate.ts';
import { Incoming } from './incoming.ts';
import { pump, retransmit } from './inflight.ts';
import { keepAliveFired } from './lifecycle.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import { connectionPerformers, Timers } from './perform-connections.ts';
import { messagePerformers } from './perform-messages.ts';
import { sessionPerformers } from './perform-sessions.ts';
import { route } from './routing.ts';
import { removeSession } from './sessions.ts';
import { Connection } from './state.ts';
import { Store } from './store.ts';
import type { Peer } from './tls/peer.ts';
import { cancelWill, publishWill } from './wills.ts';

export interface CoreOptions {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly gate: Gate;
  /** Absent: everybody may connect. */
  readonly users?: readonly BrokerUser[] | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** What `$SYS/broker/version` says. */
const VERSION = encodeUtf8('mqttspec reference broker');

export function createCore(options: CoreOptions): Core {
  const { gate, clock, random, users } = options;
  const store = new Store();
  const limits = gate.limits({ ...DEFAULT_LIMITS, ...options.limits });
  const context: Context = { gate, clock, random, users, limits, store, cause: 'owner', matched: 0 };
  const timers = new Timers(clock);
  gate.describes((connection) => store.connections.get(connection));
  gate.performs(sessionPerformers(store));
  gate.performs(messagePerformers(store));
  gate.performs(connectionPerformers(store));
  gate.performs(timers.performers((effect) => fired(context, effect)));
  gate.performs({ 'message-routed': ({ message, why }) => route(context, message, why) });
  announce(context);
  return {
    gate,
    open: (sink, transport, peer) => open(context, sink, transport, peer),
    close() {
      context.cause = 'owner';
      for (const connection of store.connections.values()) {
        endConnection(context, connection, {
          kind: 'shutdown',
          reasonCode: 0x8b,
          reasonString: 'the broker shuts down',
        });
      }
      timers.cancelAll();
    },
  };
}

/** The one topic of the server itself: a filter that names `$SYS` gets it, a leading wildcard doesn't (§4.7.2). */
function announce({ gate }: Context): void {
  const message = {
    topic: '$SYS/broker/version',
    payload: VERSION,
    qos: 0,
    retain: true,
    from: '',
  } as const;
  gate.emit({ kind: 'retained-set', message, why: 'handshake', cause: 'owner' });
}

function open(context: Context, sink: PacketSink, transport: 'ws' | 'tcp', peer: Peer = {}): CoreConnection {
  const { store, gate, clock, limits } = context;
  const connection = new Connection(++store.lastConnection, transport, sink, peer);
  store.connections.set(connection.connection, connection);
  const incoming = new Incoming(context, connection);
  context.cause = 'transport';
  gate.emit({
    kind: 'timer-set',
    timer: 'connect',
    connection: connection.connection,
    ms: limits.connectTimeoutMs,
    why: 'connect',
    cause: 'transport',
  });
  return {
    connection: connection.connection,
    received(bytes) {
      incoming.received(bytes);
      // A client that doesn't read what it asks for is asked to wait: its answers would pile up without end.
      if (!connection.stopped && sink.buffered > limits.sendBufferBytes) {
        gate.emit({ kind: 'reading-stopped', connection: connection.connection, why: 'full', cause: 'bytes' });
      }
    },
    transportEnded(kind) {
      connection.lost = kind;
      context.cause = 'transport';
      endConnection(context, connection, { kind: 'connection-lost' });
    },
    drained() {
      context.cause = 'transport';
      if (connection.stopped) {
        gate.emit({ kind: 'reading-resumed', connection: connection.connection, why: 'full', cause: 'transport' });
      }
      if (connection.session !== undefined) pump(context, connection.session, connection);
    },
    pinged() {
      if (gate.decide('keep-alive.by-ping', false, connection)) connection.active = clock.now();
    },
  };
}

function fired(context: Context, effect: EffectOf<'timer-set'>): void {
  const { store } = context;
  context.cause = effect.timer;
  const connection = effect.connection === undefined ? undefined : store.connections.get(effect.connection);
  const session = effect.clientId === undefined ? undefined : store.sessions.get(effect.clientId);
  switch (effect.timer) {
    case 'connect':
      if (connection !== undefined) endConnection(context, connection, { kind: 'protocol-error' });
      return;
    case 'keep-alive':
      if (connection !== undefined) keepAliveFired(context, connection);
      return;
    case 'retransmission':
      if (connection?.session !== undefined) retransmit(context, connection.session, connection);
      return;
    case 'session-expiry':
      if (session !== undefined && session.live === undefined) removeSession(context, session, 'expired');
      return;
    case 'will-delay':
      if (session?.will === undefined) return;
      const { will } = session;
      cancelWill(context, session, 'will');
      publishWill(context, session.clientId, will);
      return;
  }
}
