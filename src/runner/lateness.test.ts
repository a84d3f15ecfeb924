import { describe, expect, it } from 'vitest';
import { createBroker } from '#broker';
import { type Clock, memoryPair, seededRandom, VirtualClock } from '#io';
import { collectCases, defineCase, pingresp, type CaseDefinition } from '#kit';
import type { RunResult } from '#results';
import { parseTarget } from '#target';
import { Lateness } from './lateness.ts';
import { runCases } from './run-cases.ts';

/** Virtual time in which the process can be stopped for a while, as a busy machine does. */
class Stalling implements Clock {
  readonly virtual = new VirtualClock();
  #stopped = 0;
  now(): number {
    return this.virtual.now() + this.#stopped;
  }
  after(ms: number, call: () => void): ReturnType<Clock['after']> {
    return this.virtual.after(ms, call);
  }
  stall(ms: number): void {
    this.#stopped += ms;
  }
}

/** One case; its body is told how often it was begun. */
async function verdictOf(
  body: (t: Parameters<CaseDefinition['run']>[0], attempt: number, clock: Stalling) => Promise<void>,
) {
  const clock = new Stalling();
  const broker = createBroker({ clock, random: seededRandom('broker').bytes });
  let attempt = 0;
  const only = defineCase({
    title: 'a trial',
    verifies: { '5.0': ['MQTT-3.12.4-1'] },
    caughtBy: ['no-pingresp'],
    run: (t) => body(t, ++attempt, clock),
  });
  const result: RunResult = await clock.virtual.run(
    runCases({
      cases: collectCases({ 'test/trial': { only } }),
      target: parseTarget({ url: 'ws://localhost/mqtt', versions: ['5.0'] }),
      tool: { name: 'mqttspec', version: '0.0.0', suiteVersion: '0', node: '20' },
      clock,
      dial: () => {
        const [ours, theirs] = memoryPair(clock);
        broker.accept(theirs, 'ws');
        return Promise.resolve({ ok: true, duplex: ours });
      },
      seed: 'seed',
    }),
  );
  const [only1] = result.cases;
  return { verdict: only1?.verdict, reason: only1?.reason, attempt };
}

/** What the broker does here is a violation, on the wire: no deadline is in it. */
const accuse: CaseDefinition['run'] = async (t) => {
  const client = await t.connect();
  await client.send(t.packet.pingreq);
  await client.expect(pingresp());
  await client.send(t.packet.connect({ clientId: client.id }));
  await client.expect(pingresp());
};

describe('a harness that was late', () => {
  it('believes what it saw in time at once', async () => {
    expect(await verdictOf((t) => accuse(t))).toMatchObject({ verdict: 'fail', attempt: 1 });
  });

  it('repeats what it saw while it was late', async () => {
    const seen = await verdictOf(async (t, attempt, clock) => {
      if (attempt === 1) clock.stall(2_000);
      await accuse(t);
    });
    expect(seen).toMatchObject({ verdict: 'fail', attempt: 2 });
  });

  it('accuses nobody of what it cannot see again', async () => {
    const seen = await verdictOf(async (t, attempt, clock) => {
      if (attempt > 1) return void (await t.connect());
      clock.stall(2_000);
      await accuse(t);
    });
    expect(seen).toMatchObject({ verdict: 'pass', attempt: 2 });
  });

  it('looks again until it was not late', async () => {
    const seen = await verdictOf(async (t, attempt, clock) => {
      if (attempt < 4) clock.stall(2_000);
      await accuse(t);
    });
    expect(seen).toMatchObject({ verdict: 'fail', attempt: 4 });
  });

  it('believes a missed deadline all the same where the longer one left room', async () => {
    const seen = await verdictOf(async (t, _attempt, clock) => {
      const client = await t.connect();
      clock.stall(600);
      await client.expect(pingresp());
    });
    expect(seen).toMatchObject({ verdict: 'fail', attempt: 2 });
  });

  it('decides nothing where it is always late, and says why', async () => {
    const seen = await verdictOf(async (t, _attempt, clock) => {
      clock.stall(2_000);
      await accuse(t);
    });
    expect(seen.verdict).toBe('inconclusive');
    expect(seen.reason).toMatch(/too busy: mqttspec itself was \d+ ms late/);
  });
});

it('a beat that is still on its way counts, too', () => {
  const clock = new Stalling();
  const lateness = new Lateness(clock);
  lateness.start();
  const begin = clock.now();
  expect(lateness.since(begin)).toBe(0);
  clock.stall(700);
  expect(lateness.since(begin)).toBe(650);
  lateness.stop();
});

describe('what counts as late', () => {
  it('is more where round trips leave room', async () => {
    const clock = new Stalling();
    const lateness = new Lateness(clock);
    lateness.start();
    clock.stall(700);
    await clock.virtual.advance(60);
    lateness.stop();
    expect(lateness.since(0)).toBeGreaterThan(600);
    expect(lateness.since(0, 500)).toBe(0);
  });
});
