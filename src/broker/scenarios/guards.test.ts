import { MQTT_VERSIONS, type FaultName, type MqttVersion, type VariantName } from '#spec';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Alteration } from '../alteration.ts';
import { CASES } from '#suites';
import { CORE_DECISIONS } from '../decisions.ts';
import { AUTHENTICATION } from '../faults/authentication.ts';
import { CONNECT } from '../faults/connect.ts';
import { LIFECYCLE } from '../faults/lifecycle.ts';
import { PUBLISH } from '../faults/publish.ts';
import { RETAIN } from '../faults/retain.ts';
import { SESSION } from '../faults/session.ts';
import { SUBSCRIBE } from '../faults/subscribe.ts';
import { WILL } from '../faults/will.ts';
import type { GateWatcher } from '../gate.ts';
import { CORE_RULES } from '../rules.ts';
import { MQTT } from '../variants/mqtt.ts';
import { Bench } from './bench.ts';
import { SCENARIOS } from './index.ts';
import type { Scenario } from './scenario.ts';

/** Too long to be run for each alteration. */
const SLOW = [
  'packet identifiers go around and are never in use twice',
  'payloads of two megabytes pass',
  'a topic of very many levels',
];

const stories = Object.values(SCENARIOS)
  .flatMap((chapter) => Object.entries(chapter))
  .flatMap(([title, scenario]) =>
    MQTT_VERSIONS.filter((version) => scenario.only === undefined || scenario.only === version).map((version) => ({
      title,
      scenario,
      version,
    })),
  );
const quick = stories.filter(({ title }) => !SLOW.includes(title));

/** What clients saw, and whether the story came out as it must. */
async function tell(
  scenario: Scenario,
  version: MqttVersion,
  alteration?: Alteration,
  watcher?: GateWatcher,
): Promise<string> {
  const bench = new Bench({
    ...scenario.with,
    ...(alteration && { alterations: [alteration] }),
    ...(watcher && { watcher }),
  });
  let outcome = '';
  try {
    await scenario.run(bench, version);
  } catch (error) {
    outcome = `failed: ${String(error)}`;
  }
  return [...bench.trace, outcome].join('\n');
}

/** The stories speak to the core: faults of WebSocket and TLS don't show in them. */
const CORE_FAULTS = {
  ...CONNECT,
  ...AUTHENTICATION,
  ...PUBLISH,
  ...SUBSCRIBE,
  ...SESSION,
  ...WILL,
  ...RETAIN,
  ...LIFECYCLE,
};

/** Alterations that a case names: the proof shows that they change what a client sees. */
const named = new Set<string>(CASES.flatMap(({ caughtBy = [], observes = [] }) => [...caughtBy, ...observes]));
const overridden = new Set(
  Object.entries<Alteration>(CORE_FAULTS)
    .filter(([name]) => named.has(name))
    .flatMap(([, { decide = {} }]) => Object.keys(decide)),
);

describe('the gate', () => {
  const rules = new Set<string>();
  const values = new Map<string, Set<unknown>>();
  beforeAll(async () => {
    const watcher: GateWatcher = {
      rule: (name) => void rules.add(name),
      decision: (name, normal) => void values.set(name, (values.get(name) ?? new Set()).add(normal)),
    };
    for (const { scenario, version } of quick) await tell(scenario, version, undefined, watcher);
  });

  it.each(Object.keys(CORE_DECISIONS).filter((name) => !overridden.has(name)))('asks for %s', (name) => {
    expect([...values.keys()]).toContain(name);
  });

  it.each(Object.entries(CORE_DECISIONS))(
    '%s comes out in more than one way, or is called a habit',
    (name, { domain, fixed }) => {
      const seen = [...(values.get(name) ?? [])];
      // Asked in no story, but by a case that catches the fault which overrides it.
      if (seen.length === 0 && overridden.has(name)) return;
      if (fixed === true) expect(seen).toEqual([domain[0]]);
      else expect(seen.length).toBeGreaterThan(1);
    },
  );

  it.each(Object.keys(CORE_RULES))('asks about %s', (name) => {
    expect([...rules]).toContain(name);
  });
});

describe('alterations', () => {
  const clean: string[] = [];
  beforeAll(async () => {
    for (const { scenario, version } of quick) clean.push(await tell(scenario, version));
  });
  const unproved = Object.entries<Alteration>({ ...CORE_FAULTS, ...MQTT }).filter(([name]) => !named.has(name));

  it.each(unproved as [FaultName | VariantName, Alteration][])(
    '%s changes what a client sees',
    async (_name, alteration) => {
      for (const [i, { scenario, version }] of quick.entries()) {
        if ((await tell(scenario, version, alteration)) !== clean[i]) return;
      }
      expect.fail('no story shows it');
    },
  );
});
