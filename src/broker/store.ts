import type { StoredSubscription } from './effects.ts';
import type { Message } from './message.ts';
import { SubscriptionIndex } from './subscription-index.ts';
import type { Connection, Session } from './state.ts';

/** The subscribers of one topic, gathered by client and by group. */
export interface Route {
  readonly clients: readonly (readonly StoredSubscription[])[];
  readonly groups: readonly (readonly StoredSubscription[])[];
}

/** All state of the broker. */
export class Store {
  readonly connections = new Map<number, Connection>();
  readonly sessions = new Map<string, Session>();
  readonly index = new SubscriptionIndex();
  /** By topic, in the order of their last setting. */
  readonly retained = new Map<string, Message>();
  /** Whose turn it is in each shared subscription. */
  readonly turns = new Map<string, number>();
  readonly routes = new Map<string, Route>();
  /** The state of the subscriptions that `routes` was made for. */
  routesOf = 0;
  lastConnection = 0;
}
