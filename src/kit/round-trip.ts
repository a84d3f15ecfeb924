/** A message from one client to another: proves that the broker serves both. */
import type { Properties, Publish } from '#wire';
import type { Client } from './client.ts';
import type { CaseContext } from './context.ts';
import { publish } from './packet-matchers.ts';
import { word } from './random.ts';
import { utf8 } from './text.ts';

export async function roundTrip(
  t: CaseContext<unknown>,
  from: Client,
  to: Client,
  options: { readonly qos?: Publish['qos']; readonly properties?: Properties },
): Promise<void> {
  const topic = t.topic(`round-trip/${word(t.scope.random, 6)}`);
  const payload = word(t.scope.random, 12);
  const { qos = 0, ...rest } = options;
  await to.subscribe({ filter: topic, qos });
  await from.publish(topic, payload, { qos, ...rest });
  await to.expect(publish({ topic, payload: utf8(payload) }));
}
