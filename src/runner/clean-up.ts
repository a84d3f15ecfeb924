/** Takes away what the instances left in the broker: sessions and retained messages. */
import type { Leftovers } from '#kit';
import { openSession, type SessionOptions } from '#net';
import type { MqttVersion } from '#spec';
import type { Endpoint } from '#target';
import { isType, publish } from './examine.ts';

export interface CleanUp {
  readonly sessions: number;
  readonly retained: number;
}

/** Ends when the signal of `session` aborts. Returns what could not be taken away. */
export async function cleanUp(
  leftovers: Leftovers,
  endpoint: Endpoint,
  session: (version: MqttVersion) => SessionOptions,
  newest: MqttVersion,
): Promise<CleanUp> {
  const retained = await clearRetained([...leftovers.retained], endpoint, session(newest));
  let sessions = 0;
  const waiting = [...leftovers.sessions];
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [clientId, version] = next;
      const options = session(version);
      // A clean start throws the session away, and without expiry none is kept (MQTT-3.1.2-4, 3.1.1 MQTT-3.1.2-6).
      const opened = options.signal.aborted ? undefined : await openSession(endpoint, { ...options, clientId });
      if (opened?.ok === true) opened.session.close();
      else sessions += 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return { sessions, retained };
}

/** What a slow broker takes to remove one retained message. */
const MS_A_TOPIC = 10;

async function clearRetained(topics: readonly string[], endpoint: Endpoint, options: SessionOptions): Promise<number> {
  if (topics.length === 0) return 0;
  const opened = await openSession(endpoint, options);
  if (!opened.ok) return topics.length;
  const { session } = opened;
  for (const topic of topics) session.send(publish(topic, { retain: true }));
  session.send({ type: 'PINGREQ' });
  const served = await session.next(isType('PINGRESP'), (options.within ?? 2_000) + topics.length * MS_A_TOPIC);
  session.close();
  return served === undefined ? topics.length : 0;
}
