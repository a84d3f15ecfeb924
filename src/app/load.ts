/** Runs a load profile: over each door in turn, as often as is asked. */
import type { ClientCertificate, Plan } from '#load';
import type { LoadResult } from '#results';
import type { Target } from '#target';
import { UsageError } from './errors.ts';
import { engineFor } from './load-engines.ts';
import type { LoadEvent, LoadRunOptions } from './load-options.ts';
import { checkMachine, meetBroker } from './load-preflight.ts';
import { asUsage, planSettings, profileOf } from './load-profile.ts';
import { readTarget } from './read-target.ts';

/**
 * Throws `UsageError` on what cannot be meant or done here, and `UntestableError` where there is no broker. What the broker does
 * is a result. Several doors alternate, so that what else happens on the machine touches all alike.
 */
export async function load(options: LoadRunOptions): Promise<readonly LoadResult[]> {
  if (options.prometheus === undefined) return loadAll(options);
  const { startMetricsServer } = await import('./load-metrics-server.ts');
  const server = await startMetricsServer(options.prometheus, options.engine);
  const onEvent = (event: LoadEvent): void => {
    server.hear(event);
    options.onEvent?.(event);
  };
  try {
    onEvent({ type: 'note', message: `for Prometheus, while the run goes on: ${server.url}` });
    return await loadAll({ ...options, onEvent });
  } finally {
    await server.close();
  }
}

async function loadAll(options: LoadRunOptions): Promise<readonly LoadResult[]> {
  if (options.url !== undefined) return runAll({ ...options, url: options.url });
  if ((options.also ?? []).length > 0) {
    throw new UsageError(
      'further endpoints were named, but not the first',
      'for example: mqttspec load run smoke URL --also URL',
    );
  }
  // Wrong use is told before a broker is started for it.
  await planFor(options, await targetFor({ ...options, url: 'ws://127.0.0.1:1' }, 'ws://127.0.0.1:1'));
  const { startLoadedBroker } = await import('./load-broker.ts');
  const broker = await startLoadedBroker();
  try {
    const message = `no URL was given: the bundled reference broker is loaded, in another process, at ${broker.wsUrl}`;
    options.onEvent?.({ type: 'note', message });
    return await runAll({ label: 'the bundled reference broker', ...options, url: broker.wsUrl });
  } finally {
    await broker.close();
  }
}

type Located = LoadRunOptions & { readonly url: string };

async function runAll(options: Located): Promise<readonly LoadResult[]> {
  const { also = [], repeat = 1, signal } = options;
  const doors = await Promise.all([options.url, ...also].map((url) => targetFor(options, url)));
  const plain = doors.find(({ endpoints: [{ transport }] }) => transport === 'mqtt' || transport === 'mqtts');
  if (options.deflate === true && plain !== undefined) {
    throw new UsageError(
      `${plain.endpoints[0].url} has no frames that --deflate could compress`,
      'give ws:// or wss:// URLs',
    );
  }
  const run = await engineFor(options);
  const results: LoadResult[] = [];
  const runs = repeat * doors.length;
  for (let turn = 0; turn < runs; turn += 1) {
    if (signal?.aborted === true) break;
    const target = doors[turn % doors.length] as Target;
    const plan = await planFor(options, target);
    await checkMachine(plan, options.sources ?? []);
    const label = options.label ?? (await meetBroker(target, plan, signal ?? NEVER));
    options.onEvent?.({
      type: 'start',
      profile: plan.profile,
      title: plan.title,
      url: target.endpoints[0].url,
      label,
      clients: plan.clients,
      seconds: plan.stages.reduce((sum, one) => sum + (one.seconds ?? 0), 0),
      run: turn + 1,
      runs,
    });
    const result = await run({ plan, target, label, certificates: certificatesOf(target) });
    results.push(result);
    if (options.deflate === true && !result.target.compression)
      options.onEvent?.({
        type: 'note',
        message: 'the broker did not agree to permessage-deflate: nothing was compressed',
      });
    options.onEvent?.({ type: 'end', result });
  }
  return results;
}

const NEVER = new AbortController().signal;

/** Each door is a target of its own. */
const targetFor = (options: Located, url: string): Promise<Target> => readTarget({ ...options, url, also: [] });

async function planFor(options: LoadRunOptions, target: Target): Promise<Plan> {
  const { planOf } = await import('#load');
  const profile = await profileOf(options.profile);
  return asUsage(() => planOf(profile, planSettings(options, target)));
}

/** Those that a broker must accept. */
function certificatesOf({ pki }: Target): readonly ClientCertificate[] {
  if (pki === undefined) return [];
  return Object.values(pki.clients).flatMap(({ id, cert, key }) =>
    id.startsWith('client-valid') ? [{ cert, key }] : [],
  );
}
