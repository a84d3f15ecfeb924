/** The meta-test must itself be able to fail: cases as careless authors would write them. */
import { describe, expect, test } from 'vitest';
import { collectCases, connack, defineCase, ended, pingresp, type Case, type CaseDefinition } from '#kit';
import { sleep } from '#io';
import { prove, type World } from './prove.ts';

function asCase(definition: CaseDefinition): Case {
  const [only] = collectCases({ 'mqtt/0-careless': { example: definition } });
  return only as Case;
}

async function unmet(definition: CaseDefinition, ...worlds: readonly World[]): Promise<string[]> {
  const checks = await prove(asCase(definition), { worlds });
  return checks.filter(({ ok }) => !ok).map(({ world, name }) => `${world} ${name}`.trim());
}

const PINGRESP = { '3.1.1': ['MQTT-3.12.4-1'], '5.0': ['MQTT-3.12.4-1'] } as const;

const careful = defineCase({
  title: 'PINGREQ is answered',
  verifies: PINGRESP,
  caughtBy: ['no-pingresp'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
  },
});

/** Sends and waits: a silence proves nothing. */
const deaf = defineCase({
  title: 'a Ping is answered, or so it is hoped',
  verifies: { transport: ['ws/ping/answered'] },
  caughtBy: ['no-pong'],
  async run(t) {
    const client = await t.connect();
    await client.sendFrame(t.frame('ping'));
    await sleep(t.scope.clock, 100);
  },
});

describe('what the meta-test lets through', () => {
  test('a careful case', async () => {
    expect(await unmet(careful, 'header', 'clean', 'warm', 'fault', 'variant', 'impostor')).toEqual([]);
  });
});

describe('what the meta-test finds', () => {
  test('a case that names no fault', async () => {
    const { caughtBy: _, ...rest } = careful;
    expect(await unmet(rest, 'header')).toEqual(['header']);
  });

  test('a case that waits and calls the silence a pass', async () => {
    expect(await unmet(deaf, 'clean', 'fault')).toEqual(['fault no-pong']);
  });

  test('a case that any end satisfies', async () => {
    const careless = defineCase({
      title: 'an illegal packet ends the connection',
      verifies: { '5.0': ['MQTT-3.1.0-1'] },
      caughtBy: ['accepts-packets-before-connect'],
      async run(t) {
        const client = await t.open();
        await client.send(t.packet.pingreq);
        await client.expect(ended());
      },
    });
    expect(await unmet(careless, 'impostor')).toContain('impostor closes-at-once');
  });

  test('a case that reports what is allowed', async () => {
    const hasty = defineCase({
      ...careful,
      async run(t) {
        const client = await t.connect();
        await client.send(t.packet.pingreq);
        await client.expect(pingresp(), { within: 100 });
      },
    });
    expect(await unmet(hasty, 'variant')).toContain('variant late-pingresp-allowed');
  });

  test('a case that fails on the clean broker', async () => {
    const wrong = defineCase({
      ...careful,
      async run(t) {
        const client = await t.open();
        await client.send(t.packet.connect({ clientId: client.id }));
        await client.expect(connack({ reasonCode: 1 }));
      },
    });
    expect(await unmet(wrong, 'clean', 'warm')).toEqual(['clean', 'warm']);
  });

  test('two brokers that are observed alike', async () => {
    const alike = defineCase({
      title: 'which way is taken',
      verifies: { transport: ['ws/ping/server-interval'] },
      observes: ['clean', 'close-code-1008'],
      async run(t) {
        await t.connect();
        t.observe('nothing');
      },
    });
    expect(await unmet(alike, 'header', 'observes')).toEqual(['observes clean | close-code-1008']);
  });
});
