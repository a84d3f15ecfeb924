/** The real k6 for tests, a broker beside it, and the script that the build would have bundled. */
import { startBroker } from '#broker';
import type { LoadResult } from '#results';
import { parseTarget } from '#target';
import { planOf } from '../../profiles/plan-of.ts';
import { profileNamed } from '../../profiles/profiles.ts';
import type { K6Engine } from '../can-carry.ts';
import { findK6, type FoundK6 } from '../find-k6.ts';
import { K6Error } from '../k6-error.ts';
import { runOnK6, type K6RunOptions } from '../run-on-k6.ts';
import type { Plan } from '../../profiles/plan.ts';

/** Undefined where there is none: a reason to skip, but in CI, where the recipe builds one. */
export async function k6ForTests(): Promise<FoundK6 | undefined> {
  try {
    return await findK6();
  } catch (error) {
    if (error instanceof K6Error && process.env['CI'] !== 'true') return undefined;
    throw error;
  }
}

const bundles = new Map<K6Engine, string>();

/** Made of the sources as they are now, whatever was built before. */
export async function bundleOf(engine: K6Engine): Promise<string> {
  let found = bundles.get(engine);
  if (found === undefined) {
    const { bundleScripts } = (await import(new URL('../build/bundle.mjs', import.meta.url).href)) as {
      bundleScripts(folder: undefined, names: readonly string[]): Promise<readonly { readonly text: string }[]>;
    };
    const [file] = await bundleScripts(undefined, [engine === 'k6' ? 'websockets' : 'x-mqtt']);
    found = file?.text ?? '';
    bundles.set(engine, found);
  }
  return found;
}

let runs = 0;

/** A plan with few messages in little time; each has a run id of its own. */
export function shortPlan(
  profile: string,
  set: Readonly<Record<string, string>>,
  more: Partial<Parameters<typeof planOf>[1]> = {},
): Plan {
  runs += 1;
  const runId = ((process.pid << 12) + runs).toString(16).padStart(8, '0').slice(-8);
  return planOf(profileNamed(profile), { transport: 'ws', runId, set, ...more });
}

export async function runPlan(
  k6: FoundK6,
  plan: Plan,
  url: string,
  more: Partial<K6RunOptions> = {},
): Promise<LoadResult> {
  const engine = more.engine ?? 'k6';
  return runOnK6({
    engine,
    k6,
    plan,
    bundle: await bundleOf(engine),
    target: parseTarget({ url }),
    label: 'the broker',
    users: 2,
    toolVersion: '0.0.0',
    command: 'test',
    ...more,
  });
}

/** A reference broker for the length of `use`. */
export async function withBroker<T>(
  use: (broker: Awaited<ReturnType<typeof startBroker>>) => Promise<T>,
  options: Parameters<typeof startBroker>[0] = {},
): Promise<T> {
  const broker = await startBroker(options);
  try {
    return await use(broker);
  } finally {
    await broker.close();
  }
}
