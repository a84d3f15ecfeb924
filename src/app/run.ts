/** Checks one broker: the public face of the harness. */
import type { RunListener, RunResult } from '#results';
import type { TargetInput } from '#target';
import type { CataloguedBroker } from './check-catalogued.ts';
import { UsageError } from './errors.ts';
import { startBrokerThread } from './broker-thread.ts';

export interface RunOptions extends Omit<TargetInput, 'url' | 'pki'> {
  /** `ws://localhost:9001/mqtt`; absent: the bundled reference broker is started and checked. */
  readonly url?: string;
  /** Folder of `mqttspec certs make`: its root is trusted, its client certificates are tried. */
  readonly pki?: string;
  /** A broker of the catalogue, started for this run instead of a URL. */
  readonly broker?: CataloguedBroker;
  /** What the reports call the broker. Default: what it says of itself. */
  readonly label?: string;
  /** Selection grammar: `connect suite:handshake !id:connect/*`. Absent: all that suits the target. */
  readonly selection?: string;
  /** Repeats a run's order and identifiers. Default: a random one. */
  readonly seed?: string;
  /** Instances at the same time. */
  readonly concurrency?: number;
  /** Risks beyond `gentle` on a target that is not loopback. */
  readonly allow?: readonly ('intrusive' | 'destructive')[];
  /** Warnings fail the run. */
  readonly strict?: boolean;
  /** Inconclusive instances alone do not fail the run. */
  readonly allowInconclusive?: boolean;
  /** Milliseconds after which the rest is not run. */
  readonly timeLimitMs?: number;
  /** The command that repeats the run but for the seed, secrets left out. Default: made of the URL. */
  readonly command?: string;
  /** Ends the run: what was done until then is the result. */
  readonly signal?: AbortSignal;
  /** Hears of everything while it goes on. */
  readonly onEvent?: RunListener;
}

/**
 * Runs the cases and concludes. Writes nothing. A broker that violates, dies or hangs is a result; throws `UsageError` on
 * options that cannot be meant (URL, credentials, selection) and `UntestableError` where there is no broker to test.
 */
export async function run(options: RunOptions = {}): Promise<RunResult> {
  const { url } = options;
  if (options.broker !== undefined) {
    const { checkCatalogued } = await import('./check-catalogued.ts');
    return checkCatalogued(options, options.broker);
  }
  // Runner and suites are heavy: whoever only asks for the type of a run doesn't load them.
  if (url !== undefined) return (await import('./check.ts')).check({ ...options, url });
  if (options.also !== undefined && options.also.length > 0) {
    throw new UsageError('further endpoints were named, but not the first', 'for example: mqttspec run URL --also URL');
  }
  // The broker starts while they are loaded.
  const [broker, { check }] = await Promise.all([startBrokerThread(), import('./check.ts')]);
  try {
    const message = `no URL was given: the bundled reference broker is checked, at ${broker.wsUrl}`;
    options.onEvent?.({ type: 'note', message });
    return await check({ label: 'the bundled reference broker', ...options, url: broker.wsUrl });
  } finally {
    await broker.close();
  }
}
