import type { Performers } from './gate.ts';
import { Session } from './state.ts';
import type { Store } from './store.ts';

/** Effects on sessions, their subscriptions and wills. Each stands what alterations leave out: nothing here relies on an earlier effect. */
export function sessionPerformers(store: Store): Performers {
  const { sessions, connections, index } = store;
  return {
    'session-stored': ({ clientId, expiry }) => {
      sessions.set(clientId, new Session(clientId, expiry));
    },
    'session-removed': ({ clientId }) => {
      const session = sessions.get(clientId);
      if (session === undefined) return;
      for (const subscription of session.subscriptions.values()) index.remove(subscription);
      sessions.delete(clientId);
    },
    'session-attached': ({ clientId, connection }) => {
      const session = sessions.get(clientId);
      const live = connections.get(connection);
      if (session === undefined || live === undefined) return;
      session.live = live;
      live.session = session;
    },
    'session-detached': ({ clientId, connection }) => {
      const session = sessions.get(clientId);
      if (session?.live?.connection === connection) session.live = undefined;
      const ended = connections.get(connection);
      if (ended !== undefined) ended.session = undefined;
    },
    'session-expiry-changed': ({ clientId, expiry }) => {
      const session = sessions.get(clientId);
      if (session !== undefined) session.expiry = expiry;
    },
    'subscription-added': ({ clientId, subscription }) => {
      const session = sessions.get(clientId);
      if (session === undefined) return;
      const previous = session.subscriptions.get(subscription.key);
      if (previous !== undefined) index.remove(previous);
      session.subscriptions.set(subscription.key, subscription);
      index.add(subscription);
    },
    'subscription-removed': ({ clientId, key }) => {
      const session = sessions.get(clientId);
      const subscription = session?.subscriptions.get(key);
      if (session === undefined || subscription === undefined) return;
      session.subscriptions.delete(key);
      index.remove(subscription);
    },
    'will-stored': ({ connection, clientId, will }) => {
      const live = connection === undefined ? undefined : connections.get(connection);
      if (live !== undefined) live.will = will;
      const session = sessions.get(clientId);
      if (connection === undefined && session !== undefined) session.will = will;
    },
    'will-removed': ({ connection, clientId }) => {
      const live = connection === undefined ? undefined : connections.get(connection);
      if (live !== undefined) live.will = undefined;
      const session = sessions.get(clientId);
      if (connection === undefined && session !== undefined) session.will = undefined;
    },
  };
}
