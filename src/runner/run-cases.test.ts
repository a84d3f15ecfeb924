import { describe, expect, it } from 'vitest';
import { createBroker } from '#broker';
import { memoryPair, seededRandom, sleep, VirtualClock } from '#io';
import { collectCases, defineCase, pingresp, type CaseDefinition } from '#kit';
import type { Dial } from '#net';
import type { RunEvent, RunResult } from '#results';
import { parseTarget, type TargetInput } from '#target';
import { NotTestableError, SelectionError } from './errors.ts';
import type { RunCasesOptions } from './options.ts';
import { runCases } from './run-cases.ts';

/** The reference broker over memory and virtual time, with a switch that takes it away. */
class World {
  readonly clock = new VirtualClock();
  readonly broker = createBroker({ clock: this.clock, random: seededRandom('broker').bytes });
  alive = true;
  /** Milliseconds that a new connection takes, where a test dials so. */
  slowMs = 0;
  readonly events: RunEvent[] = [];
  readonly open = new Set<() => void>();

  readonly dial: Dial = (endpoint) => {
    if (!this.alive) {
      const message = `${endpoint.host} refused the connection: nothing listens there`;
      return Promise.resolve({ ok: false, failure: { kind: 'refused', message } });
    }
    const [ours, theirs] = memoryPair(this.clock);
    this.broker.accept(theirs, endpoint.transport === 'ws' ? 'ws' : 'tcp');
    this.open.add(() => theirs.reset());
    return Promise.resolve({ ok: true, duplex: ours });
  };

  die(): void {
    this.alive = false;
    for (const end of this.open) end();
    this.open.clear();
  }

  async run(
    cases: Record<string, CaseDefinition<never>>,
    options: Partial<RunCasesOptions> = {},
    target: Partial<TargetInput> = {},
  ): Promise<RunResult> {
    return this.clock.run(
      runCases({
        cases: collectCases({ 'test/trial': cases }),
        target: parseTarget({ url: 'ws://localhost/mqtt', versions: ['5.0'], ...target }),
        tool: { name: 'mqttspec', version: '0.0.0', suiteVersion: '0', node: '20' },
        clock: this.clock,
        dial: this.dial,
        seed: 'seed',
        listeners: [(event) => this.events.push(event)],
        ...options,
      }),
    );
  }
}

const verdicts = (result: RunResult): Record<string, string> =>
  Object.fromEntries(result.cases.map(({ id, verdict }) => [id.replace('trial/', ''), verdict]));

type Body = CaseDefinition['run'];
const trial = (run: Body, more: Partial<CaseDefinition> = {}): CaseDefinition<never> =>
  defineCase({ title: 'a trial', verifies: { '5.0': ['MQTT-3.1.4-5'] }, ...more, run }) as CaseDefinition<never>;

const passes: Body = async (t) => void (await t.connect());
/** Waits for what never comes: evidence by deadline alone. */
const misses: Body = async (t) => void (await (await t.connect()).expect(pingresp()));

describe('runCases', () => {
  it('runs, tells, and concludes', async () => {
    const world = new World();
    const result = await world.run({ one: trial(passes), two: trial(passes) });
    expect(verdicts(result)).toEqual({ one: 'pass', two: 'pass' });
    expect(result.conclusion).toMatchObject({ exitCode: 0, must: { exercised: 1, violated: 0, applicable: 1 } });
    expect(result.target).toMatchObject({ versions: ['5.0'], endpoints: [{ transport: 'ws', subprotocol: 'mqtt' }] });
    const types = world.events.map(({ type }) => type).filter((type) => type !== 'wire');
    expect(types.toSorted()).toEqual(['case-end', 'case-end', 'case-start', 'case-start', 'run-end', 'run-start']);
    expect([types[0], types.at(-1)]).toEqual(['run-start', 'run-end']);
  });

  it('finds out both versions by itself', async () => {
    const result = await new World().run({ one: trial(passes) }, {}, { versions: undefined } as never);
    expect(result.target.versions).toEqual(['3.1.1', '5.0']);
  });

  it('repeats the order for the same seed', async () => {
    const order = async (seed: string): Promise<string> => {
      const world = new World();
      await world.run(
        { a: trial(passes), b: trial(passes), c: trial(passes), d: trial(passes), e: trial(passes, { takes: 1 }) },
        { seed, concurrency: 1 },
      );
      return world.events.flatMap((event) => (event.type === 'case-start' ? [event.instance.charAt(6)] : [])).join('');
    };
    const first = await order('x');
    expect(first.startsWith('e')).toBe(true);
    expect(await order('x')).toBe(first);
    expect(new Set(await Promise.all(['1', '2', '3', '4'].map(order))).size).toBeGreaterThan(1);
  });

  it('keeps to its concurrency, and runs exclusive cases alone at the end', async () => {
    const world = new World();
    let running = 0;
    let most = 0;
    const alone: number[] = [];
    const body: Body = async (t) => {
      running += 1;
      most = Math.max(most, running);
      await t.sleep(10);
      if (t.scope.instance.case.exclusive !== undefined) alone.push(running);
      running -= 1;
      await t.connect();
    };
    const cases = {
      a: trial(body),
      b: trial(body),
      c: trial(body),
      d: trial(body),
      x: trial(body, { exclusive: 'it restarts' }),
    };
    const result = await world.run(cases, { concurrency: 3 });
    expect({ most, alone }).toEqual({ most: 3, alone: [1] });
    expect(result.conclusion.exitCode).toBe(0);
  });

  it('runs those that see all before the others, and not beside them', async () => {
    const world = new World();
    const order: string[] = [];
    const body: Body = async (t) => {
      const name = t.scope.instance.case.sees ?? 'own';
      order.push(name);
      await t.sleep(10);
      order.push(`${name} ended`);
      await t.connect();
    };
    await world.run({ a: trial(body), b: trial(body, { sees: 'all' }), c: trial(body, { takes: 1 }) });
    expect(order).toEqual(['all', 'all ended', 'own', 'own', 'own ended', 'own ended']);
  });

  it('goes on when a listener throws and when a case breaks', async () => {
    const world = new World();
    const broken = trial(() => Promise.reject(new TypeError('our bug')));
    const result = await world.run(
      { one: trial(passes), broken },
      {
        listeners: [
          () => {
            throw new Error('bad listener');
          },
        ],
      },
    );
    expect(verdicts(result)).toEqual({ one: 'pass', broken: 'error' });
    expect(result.conclusion.exitCode).toBe(4);
  });
});

describe('runCases: what is left out', () => {
  it('skips what the target lacks, with the reason', async () => {
    const result = await new World().run({ one: trial(passes), crl: trial(passes, { needs: ['crl'] }) });
    expect(result.cases.find(({ id }) => id === 'trial/crl')).toMatchObject({
      verdict: 'skip',
      reason: 'needs a listener that checks revocation lists (not declared)',
    });
    const declared = await new World().run({ crl: trial(passes, { needs: ['crl'] }) }, {}, { declared: ['crl'] });
    expect(verdicts(declared)).toEqual({ crl: 'pass' });
  });

  it('takes no risk with a target that is not loopback, unless it is allowed', async () => {
    const cases = {
      gentle: trial(passes),
      flood: trial(passes, { risk: 'intrusive' }),
      kill: trial(passes, { risk: 'destructive' }),
    };
    const away = { url: 'ws://broker.example/mqtt' };
    const careful = await new World().run(cases, {}, away);
    expect(verdicts(careful)).toEqual({ gentle: 'pass', flood: 'skip', kill: 'skip' });
    expect(careful.conclusion.sentence).toContain('left out: 1 intrusive case (the target is not loopback)');
    const allowed = await new World().run(cases, { allow: ['intrusive'] }, away);
    expect(verdicts(allowed)).toEqual({ gentle: 'pass', flood: 'pass', kill: 'skip' });
    expect(verdicts(await new World().run(cases))).toEqual({ gentle: 'pass', flood: 'pass', kill: 'pass' });
  });

  it('refuses a selection that selects nothing, before it dials', async () => {
    const world = new World();
    world.die();
    await expect(world.run({ one: trial(passes) }, { selection: 'id:trial/two' })).rejects.toBeInstanceOf(
      SelectionError,
    );
  });

  it('runs a part only, and says so', async () => {
    const result = await new World().run({ one: trial(passes), two: trial(passes) }, { selection: '!id:trial/two' });
    expect(verdicts(result)).toEqual({ one: 'pass' });
    expect(result.conclusion.sentence).toContain('partial run');
  });

  it('throws where nothing answers', async () => {
    const world = new World();
    world.die();
    const error: unknown = await world.run({ one: trial(passes) }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotTestableError);
    expect(error).toMatchObject({ failure: { face: 'refused', tries: ['start the broker, or check host and port'] } });
  });
});

describe('runCases: confirmation', () => {
  it('believes a deadline only after a second time with longer deadlines', async () => {
    const waited: number[] = [];
    const body: Body = async (t) => {
      waited.push(t.timing.replyMs);
      await misses(t);
    };
    const result = await new World().run({ one: trial(body) });
    expect(result.cases[0]).toMatchObject({ verdict: 'fail', attempts: 2 });
    expect(waited[1]).toBe(5 * (waited[0] ?? 0));
  });

  it('calls what does not happen again a flicker', async () => {
    let runs = 0;
    const result = await new World().run({ one: trial((t) => ((runs += 1) === 1 ? misses(t) : passes(t))) });
    // Once more with longer deadlines, and, as that disagrees, a third time alone.
    expect(result.cases[0]).toMatchObject({ verdict: 'inconclusive', attempts: 3 });
    expect(result.cases[0]?.reason).toMatch(/^flickers: fail .* then pass/);
    expect(result.conclusion).toMatchObject({ exitCode: 5, must: { violated: 0 } });
  });

  it('holds nothing against a broker that was slow with everybody meanwhile', async () => {
    const world = new World();
    const dial: Dial = async (...args) => {
      await sleep(world.clock, world.slowMs);
      return world.dial(...args);
    };
    let runs = 0;
    const body: Body = async (t) => {
      world.slowMs = (runs += 1) === 1 ? 1_500 : 0;
      await (runs === 1 ? misses(t) : passes(t));
    };
    const result = await world.run({ one: trial(body) }, { dial });
    expect(result.cases[0]).toMatchObject({ verdict: 'pass', attempts: 2 });
  });

  it('tries what came too late a third time, alone', async () => {
    let runs = 0;
    const body: Body = async (t) => {
      runs += 1;
      await t.connect();
      t.inTime(t.scope.clock.now(), runs < 3 ? 0 : 1);
    };
    const result = await new World().run({ one: trial(body) });
    expect(result.cases[0]).toMatchObject({ verdict: 'pass', attempts: 3 });
  });

  it('does not repeat what the wire has shown', async () => {
    let runs = 0;
    const body: Body = async (t) => {
      runs += 1;
      await t.connect();
      t.check(false, 'seen on the wire');
    };
    const result = await new World().run({ one: trial(body) });
    expect(result.cases[0]).toMatchObject({ verdict: 'fail', attempts: 1 });
    expect(runs).toBe(1);
  });
});

describe('runCases: a broker that dies', () => {
  const killing =
    (world: World): Body =>
    async (t) => {
      await t.connect();
      world.die();
      await sleep(world.clock, 5);
    };

  it('is one finding; the rest is not run', async () => {
    const world = new World();
    const cases = {
      kill: trial(killing(world), { takes: 9 }),
      a: trial(passes),
      b: trial(passes),
      alone: trial(passes, { exclusive: 'for the test' }),
    };
    const result = await world.run(cases, { concurrency: 1 });
    expect(verdicts(result)).toEqual({ kill: 'fail', a: 'not-run', b: 'not-run', alone: 'not-run' });
    expect(result.run.ended).toBe('broker-down');
    const [killer] = result.cases.filter(({ verdict }) => verdict === 'fail');
    expect(killer?.reason).toContain('the broker is down after trial/kill@5.0/ws: localhost refused the connection');
    expect(result.conclusion).toMatchObject({ exitCode: 1, counts: { fail: 1, 'not-run': 3 } });
  });

  it('is started again where that is possible, and the culprit found', async () => {
    const world = new World();
    let starts = 0;
    const restart = (): Promise<void> => {
      starts += 1;
      world.alive = true;
      return Promise.resolve();
    };
    const slow: Body = async (t) => {
      const client = await t.connect();
      await t.sleep(50);
      await client.ping();
    };
    const cases = { kill: trial(killing(world)), a: trial(slow), b: trial(slow), c: trial(slow) };
    const result = await world.run(cases, { restart });
    expect(verdicts(result)).toEqual({ kill: 'fail', a: 'pass', b: 'pass', c: 'pass' });
    expect(result.run.ended).toBeUndefined();
    expect(starts).toBe(2);
  });

  it('is noticed at the end, too', async () => {
    const world = new World();
    const quietly: Body = async (t) => {
      await (await t.connect()).disconnect();
      void world.clock.after(1, () => world.die());
    };
    const result = await world.run({ one: trial(quietly) });
    expect(result.run.ended).toBe('broker-down');
    expect(verdicts(result)).toEqual({ one: 'fail' });
  });
});

describe('runCases: the end before the end', () => {
  const long: Body = async (t) => {
    await t.connect();
    await t.sleep(60_000);
  };

  it('keeps what was done when it is interrupted', async () => {
    const world = new World();
    const controller = new AbortController();
    world.clock.after(5_000, () => controller.abort());
    const result = await world.run(
      { a: trial(passes), b: trial(long), c: trial(long) },
      { signal: controller.signal, concurrency: 2 },
    );
    expect(verdicts(result)).toEqual({ a: 'pass', b: 'not-run', c: 'not-run' });
    expect(result.run.ended).toBe('interrupted');
    expect(result.conclusion.exitCode).toBe(130);
    expect(result.run.durationMs).toBeLessThan(10_000);
  });

  it('is no fault of the target where it was interrupted before the first case', async () => {
    const world = new World();
    const controller = new AbortController();
    const silent: Dial = (_, signal) =>
      new Promise((resolve) => {
        const failure = { kind: 'aborted', message: 'ended' } as const;
        signal.addEventListener('abort', () => resolve({ ok: false, failure }), { once: true });
      });
    world.clock.after(100, () => controller.abort());
    const result = await world.run({ a: trial(passes) }, { signal: controller.signal, dial: silent });
    expect(verdicts(result)).toEqual({ a: 'not-run' });
    expect(result.conclusion.exitCode).toBe(130);
  });

  it('ends when its time is over', async () => {
    const result = await new World().run({ a: trial(passes), b: trial(long) }, { timeLimitMs: 20_000 });
    expect(verdicts(result)).toEqual({ a: 'pass', b: 'not-run' });
    expect(result.run.ended).toBe('time-limit');
    expect(result.conclusion.exitCode).toBe(5);
  });
});

describe('runCases: afterwards', () => {
  it('takes sessions and retained messages away again', async () => {
    const world = new World();
    let left: { topic: string; clientId: string } | undefined;
    const leaves: Body = async (t) => {
      const client = await t.connect({ properties: { sessionExpiryInterval: 600 } });
      left = { topic: t.topic(), clientId: client.id };
      await client.publish(t.topic(), 'kept', { retain: true, qos: 1 });
      await client.disconnect();
    };
    const seen: string[] = [];
    const looks: Body = async (t) => {
      const client = await t.connect({ clientId: left?.clientId ?? 'none', cleanStart: false });
      seen.push(client.connack?.sessionPresent === true ? 'session' : 'no session');
      await client.subscribe(left?.topic ?? 'none');
      const came = await client.link.take((event) => event.kind === 'packet' && event.packet.type === 'PUBLISH', 100);
      seen.push(came === undefined ? 'nothing retained' : 'retained');
    };
    expect(verdicts(await world.run({ leaves: trial(leaves) }))).toEqual({ leaves: 'pass' });
    await world.run({ looks: trial(looks) });
    expect(seen).toEqual(['no session', 'nothing retained']);
  });
});
