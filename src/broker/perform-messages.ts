import type { Performers } from './gate.ts';
import type { Store } from './store.ts';

/** Effects on messages: retained, waiting, in flight; aliases and quotas. */
export function messagePerformers(store: Store): Performers {
  const { sessions, connections, retained } = store;
  return {
    'retained-set': ({ message }) => {
      retained.delete(message.topic);
      retained.set(message.topic, message);
    },
    'retained-cleared': ({ topic }) => {
      retained.delete(topic);
    },
    'message-queued': ({ clientId, message }) => {
      const session = sessions.get(clientId);
      if (session === undefined) return;
      session.queue.push(message);
      session.queuedBytes += message.payload.length;
      if (message.qos === 0) session.queuedQos0 += 1;
    },
    'delivery-opened': ({ clientId, packet, message }) => {
      sessions.get(clientId)?.outbound.set(packet.packetId ?? 0, { packet, message, stage: 'publish' });
    },
    'delivery-received': ({ clientId, packetId }) => {
      const delivery = sessions.get(clientId)?.outbound.get(packetId);
      if (delivery !== undefined) delivery.stage = 'pubrel';
    },
    'delivery-closed': ({ clientId, packetId }) => {
      sessions.get(clientId)?.outbound.delete(packetId);
    },
    'inbound-opened': ({ clientId, packetId, message }) => {
      const session = sessions.get(clientId);
      session?.inbound.set(packetId, message);
      session?.live?.receiving.add(packetId);
    },
    'inbound-closed': ({ clientId, packetId }) => {
      const session = sessions.get(clientId);
      session?.inbound.delete(packetId);
      session?.live?.receiving.delete(packetId);
    },
    'alias-defined': ({ connection, alias, topic }) => {
      connections.get(connection)?.aliasesIn.set(alias, topic);
    },
    'alias-assigned': ({ connection, alias, topic }) => {
      connections.get(connection)?.aliasesOut.set(topic, alias);
    },
    'quota-taken': ({ connection }) => {
      const live = connections.get(connection);
      if (live !== undefined) live.quota -= 1;
    },
    'quota-returned': ({ connection }) => {
      // Never above its start: a repeated PUBREL took none (5.0 §4.9).
      const live = connections.get(connection);
      if (live !== undefined && live.quota < live.window) live.quota += 1;
    },
  };
}
