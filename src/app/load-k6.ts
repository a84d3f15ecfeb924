/** Load on k6: which k6, what it can't do, and plans that leave as scripts and manifests. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { K6Engine, Plan } from '#load';
import { parseTarget, redactUrl } from '#target';
import { UsageError } from './errors.ts';
import type { RunEngine } from './load-engines.ts';
import type { LoadRunOptions } from './load-options.ts';
import { asUsage, planSettings, profileOf } from './load-profile.ts';
import { toolVersion } from './tool-version.ts';

/** Throws `UsageError` where there is no k6, or one that is too old. */
export async function k6Engine(engine: K6Engine, options: LoadRunOptions): Promise<RunEngine> {
  const { findK6, runOnK6 } = await import('#load');
  if ((options.stopOn ?? []).length > 0) {
    throw new UsageError('--stop-on is for the embedded engine: thresholds of k6 are judged at the end');
  }
  if ((options.sources ?? []).length > 0) {
    throw new UsageError('--source is for the embedded engine', 'k6 has an option of its own: K6_LOCAL_IPS');
  }
  const k6 = await k6AsUsage(() => findK6(options.k6));
  if (options.deflate === true) throw new UsageError('--deflate is for the embedded engine');
  const { workers, signal, signalled, onEvent } = options;
  return (input) =>
    k6AsUsage(() =>
      runOnK6({
        ...input,
        engine,
        k6,
        toolVersion: toolVersion(),
        command: options.command ?? `mqttspec load run ${options.profile} --engine ${engine}`,
        onProgress: (progress) => onEvent?.({ type: 'progress', progress }),
        ...(workers === undefined ? {} : { users: workers }),
        ...(signal === undefined ? {} : { signal }),
        ...(signalled === undefined ? {} : { signalled }),
      }),
    );
}

/** What whoever asked can change is wrong use; that k6 broke is not. */
async function k6AsUsage<T>(act: () => Promise<T>): Promise<T> {
  const { K6Error } = await import('#load');
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof K6Error) || error.code === 'K6_BROKE' || error.code === 'K6_INTERRUPTED') throw error;
    throw new UsageError(error.message, error.hint);
  }
}

export const LOAD_EXPORTS = ['k6', 'k6-operator'] as const;
export type LoadExport = (typeof LOAD_EXPORTS)[number];

export interface LoadExportOptions extends LoadRunOptions {
  readonly what: LoadExport;
  /** Runners of the operator. Default 4. */
  readonly parallelism?: number;
  /** Image of the runners. */
  readonly image?: string;
}

/** Where nothing else was named; the environment of k6 stands above it. */
const DEFAULT_URL = 'ws://127.0.0.1:9001/mqtt';
/** Runners on several machines don't start at the same moment. */
const OPERATOR_SETTLE_SECONDS = 10;

/** The text of the script or manifest. Throws `UsageError` where k6 can't carry the profile. */
export async function loadExport(options: LoadExportOptions): Promise<string> {
  const { DEFAULT_IMAGE, exportManifest, exportScript, scriptFile } = await import('#load');
  const engine: K6Engine = options.engine === 'xk6-mqtt' ? 'xk6-mqtt' : 'k6';
  const { what, parallelism = 4, image = DEFAULT_IMAGE, workers } = options;
  const url = redactUrl(options.url ?? DEFAULT_URL);
  const plan = await exportedPlan(options, url);
  const runners = what === 'k6' ? 1 : parallelism;
  return k6AsUsage(async () => {
    const script = exportScript({
      plan,
      engine,
      bundle: await readFile(scriptFile(engine), 'utf8'),
      url,
      insecure: options.tls?.insecure === true,
      users: (workers ?? availableParallelism()) * runners,
      toolVersion: toolVersion(),
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(what === 'k6' ? {} : { settleSeconds: OPERATOR_SETTLE_SECONDS }),
    });
    if (what === 'k6') return script;
    return exportManifest({ profile: plan.profile, script, runId: plan.runId, url, parallelism, image });
  });
}

async function exportedPlan(options: LoadExportOptions, url: string): Promise<Plan> {
  const { planOf } = await import('#load');
  const profile = await profileOf(options.profile);
  return asUsage(() => {
    const target = parseTarget({
      url,
      ...(options.topicPrefix === undefined ? {} : { topicPrefix: options.topicPrefix }),
      ...(options.clientIdPrefix === undefined ? {} : { clientIdPrefix: options.clientIdPrefix }),
    });
    return planOf(profile, planSettings(options, target));
  });
}
