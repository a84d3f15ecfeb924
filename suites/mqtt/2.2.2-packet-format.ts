/** 5.0 §2.2.2: properties in any order, and the ends of variable byte integers. */
import { connack, defineCase, encode, ended, message, mutations, puback, publish, utf8 } from '#kit';
import { RAW } from './2-packet-format.ts';

export const anyOrder = defineCase({
  title: 'properties may come in any order',
  verifies: { '5.0': ['R-2.2.2.2-16'] },
  caughtBy: ['content-type-dropped', 'correlation-data-altered'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const publisher = await t.connect();
    const bytes = encode(t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1 }), t.version);
    const pair = [0x26, 0, 1, 0x61, 0, 1, 0x62];
    const { correlation, responseTopic, contentType, expiry, payloadFormat } = RAW;
    const raw = [correlation, pair, responseTopic, contentType, pair, expiry, payloadFormat].flat();
    await publisher.send(mutations.insertProperty(bytes, 'publish', Uint8Array.from(raw)));
    await publisher.expect(puback({ packetId: 1 }));
    const properties = { correlationData: utf8('t'), responseTopic: 't', contentType: 't', payloadFormatIndicator: 0 };
    await subscriber.expect(message(t.topic(), 'x', { properties }));
  },
});

export const endsOnly = defineCase({
  title: 'a packet that cannot be read is not served: nobody gets what it holds',
  verifies: { '3.1.1': ['MQTT-4.8.0-1'], '5.0': ['MQTT-4.13.1-1'] },
  caughtBy: ['never-closes-on-error', 'accepts-topic-wildcard'],
  needs: ['reaction', 'qos1', 'wildcard'],
  async run(t) {
    const watcher = await t.connect();
    await watcher.subscribe({ filter: `${t.topic()}/#`, qos: 1 });
    const client = await t.connect();
    const bytes = encode(t.packet.publish(t.topic('t/a'), 'x', { qos: 1, packetId: 1 }), t.version);
    const topic = utf8(`${t.topic()}/+`);
    await client.send(mutations.withContent(bytes, 'publish.topic', topic, t.version));
    await client.expect(ended());
    const publisher = await t.connect();
    await publisher.publish(t.topic('t/sentinel'), 's', { qos: 1 });
    await watcher.expectNotBefore(publish({ payload: utf8('x') }), publish({ topic: t.topic('t/sentinel') }));
  },
});

type RawName = keyof typeof RAW;

/** What stands in CONNACK, in acknowledgements or in messages, and never in the place named. */
const ELSEWHERE = [
  'assignedId',
  'serverKeepAlive',
  'reasonString',
  'maximumQos',
  'topicAlias',
  'subscriptionId',
] as const;

const NOT_IN = {
  connect: [...ELSEWHERE, 'contentType', 'expiry', 'willDelay'],
  will: [...ELSEWHERE, 'receiveMaximum', 'sessionExpiry', 'authenticationMethod'],
} as const satisfies Record<string, readonly RawName[]>;

export const misplacedInConnect = defineCase({
  title: 'a CONNECT with a property that it, or its will, may not have is never accepted',
  verifies: { '5.0': ['R-2.2.2.2-3', 'R-2.2.2.2-4'] },
  caughtBy: ['accepts-misplaced-property'],
  needs: ['reaction'],
  rows: { connect: 'connect', will: 'will' } as const,
  async run(t) {
    const control = t.packet.connect({ will: t.will(t.topic('will'), 'w') });
    const bytes = encode(control, t.version);
    await t.deviations({
      first: true,
      control,
      answer: connack({ reasonCode: 0 }),
      deviants: NOT_IN[t.row].map((name) => ({
        name: `${name} in ${t.row}`,
        bytes: mutations.insertProperty(bytes, t.row, Uint8Array.from(RAW[name])).bytes,
      })),
      breaks: t.row === 'will' ? '5.0/R-2.2.2.2-4' : '5.0/R-2.2.2.2-3',
    });
  },
});
