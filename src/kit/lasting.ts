/** Sessions that outlive their connections, in the words of each version, and leaving them in one way or another. */
import type { Client } from './client.ts';
import type { CaseContext, ConnectOptions } from './context.ts';
import { Skipped } from './outcomes.ts';

/** Seconds: longer than any case, and short enough that a broker seldom limits it. */
const LASTING = 100;

/** A CONNECT that resumes the session where there is one, and keeps it: Clean Session 0, or Clean Start 0 with an expiry interval. */
export function lasting(t: CaseContext<unknown>, fields: ConnectOptions = {}): ConnectOptions {
  if (t.version === '3.1.1') return { cleanStart: false, ...fields };
  return { cleanStart: false, ...fields, properties: { sessionExpiryInterval: LASTING, ...fields.properties } };
}

/** Connected with a session that lasts; skipped where CONNACK says that none does (5.0 §3.2.2.3.2). */
export async function connectLasting(t: CaseContext<unknown>, fields: ConnectOptions = {}): Promise<Client> {
  const client = await t.connect(lasting(t, fields));
  if (client.connack?.properties?.sessionExpiryInterval === 0) {
    throw new Skipped('needs sessions that outlive their connection (CONNACK says Session Expiry Interval 0)');
  }
  return client;
}

/** DISCONNECT; a Close frame (over TCP: FIN) without it; FIN without a word; RST. */
export type Leaving = 'disconnect' | 'close' | 'fin' | 'reset';

/** Ends the connection from this side, and waits until the broker has surely seen it. */
export async function leave(client: Client, how: Leaving = 'disconnect'): Promise<void> {
  await client[how]();
  // After our RST nothing can come back: only time tells.
  if (how !== 'reset') await client.link.waitForEnd(client.link.scope.timing.replyMs);
  await client.settle();
}
