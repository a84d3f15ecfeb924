/** §3.3.1.3, §3.1.2.7: retained messages belong to no session; wills make and clear them. */
import {
  connectLasting,
  defineCase,
  leave,
  message,
  publish,
  suback,
  utf8,
  type CaseContext,
  type Client,
  type PublishOptions,
} from '#kit';

type Context = CaseContext<unknown>;

/** Retains at QoS 1: acknowledged, so that it is the server's. */
async function retains(
  t: Context,
  topic: string,
  payload: string | Uint8Array,
  more: PublishOptions = {},
): Promise<Client> {
  const publisher = await t.connect();
  await publisher.publish(topic, payload, { qos: 1, retain: true, ...more });
  await publisher.settle();
  return publisher;
}

/** A new subscriber gets nothing for `topic`: a retained sentinel comes by the same SUBSCRIBE. */
async function expectNothing(t: Context, topic: string): Promise<void> {
  await retains(t, t.topic('sentinel'), 'sentinel');
  const client = await t.connect();
  await client.send(t.packet.subscribe([topic, t.topic('sentinel')], 1));
  await client.expect(suback({ packetId: 1 }));
  await client.expectNotBefore(publish({ topic }), message(t.topic('sentinel'), 'sentinel'));
}

export const survivesSession = defineCase({
  title: 'a retained message stays when the session of its publisher ends',
  verifies: { '3.1.1': ['MQTT-3.1.2-7'], '5.0': ['R-4.1-1'] },
  caughtBy: ['retained-removed-with-session'],
  needs: ['retain', 'qos1'],
  rows: { disconnect: 'disconnect', close: 'close', reset: 'reset', 'clean-start': 'replaced' } as const,
  async run(t) {
    const publisher = t.row === 'replaced' ? await connectLasting(t) : await t.connect();
    await publisher.publish(t.topic(), 'kept', { qos: 1, retain: true });
    await leave(publisher, t.row === 'replaced' ? 'disconnect' : t.row);
    if (t.row === 'replaced') await t.connect({ clientId: publisher.id });
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), retain: true }));
  },
});

export const survivesSubscribers = defineCase({
  title: 'a retained message stays however often it was delivered, and when its subscribers go',
  verifies: { '3.1.1': ['MQTT-3.3.1-6', 'R-4.1-1'], '5.0': ['MQTT-3.3.1-9', 'R-4.1-1'] },
  caughtBy: ['retained-delivered-once'],
  needs: ['retain', 'qos1'],
  async run(t) {
    await retains(t, t.topic(), 'kept');
    for (const how of ['unsubscribe', 'disconnect', 'close', 'stay'] as const) {
      const subscriber = await t.connect();
      await subscriber.subscribe({ filter: t.topic(), qos: 1 });
      await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), retain: true }));
      if (how === 'unsubscribe') await subscriber.unsubscribe(t.topic());
      else if (how !== 'stay') await leave(subscriber, how);
    }
  },
});

export const throughWill = defineCase({
  title: 'a will with Will Retain 1 becomes a retained message',
  verifies: { '3.1.1': ['MQTT-3.1.2-17'], '5.0': ['MQTT-3.1.2-15'] },
  caughtBy: ['will-retain-ignored', 'never-retains'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const watcher = await t.connect();
    await watcher.subscribe({ filter: t.topic(), qos: 1 });
    const dying = await t.connect({ will: t.will(t.topic(), 'last words', { qos: 1, retain: true }) });
    await leave(dying, 'fin');
    await watcher.expect(publish({ topic: t.topic(), payload: utf8('last words'), retain: false }));
    await watcher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('last words'), qos: 1, retain: true }));
  },
});

export const clearedByWill = defineCase({
  title: 'a will with Will Retain 1 and no payload removes what was retained',
  verifies: { '3.1.1': ['MQTT-3.3.1-10#remove'], '5.0': ['MQTT-3.3.1-6#remove'] },
  caughtBy: ['retained-not-cleared'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const watcher = await t.connect();
    await retains(t, t.topic(), 'old');
    await watcher.subscribe(t.topic());
    await watcher.expect(message(t.topic(), 'old'));
    const dying = await t.connect({ will: t.will(t.topic(), '', { qos: 1, retain: true }) });
    await leave(dying, 'fin');
    await watcher.expect(message(t.topic(), ''));
    await watcher.settle();
    await expectNothing(t, t.topic());
  },
});
