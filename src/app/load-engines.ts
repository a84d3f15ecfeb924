/** What executes a plan. */
import type { ClientCertificate, Plan } from '#load';
import type { LoadResult } from '#results';
import type { Target } from '#target';
import { asUsage, expressions } from './load-profile.ts';
import type { LoadRunOptions } from './load-options.ts';
import { toolVersion } from './tool-version.ts';

export interface EngineInput {
  readonly plan: Plan;
  readonly target: Target;
  readonly label: string;
  readonly certificates: readonly ClientCertificate[];
}

export type RunEngine = (input: EngineInput) => Promise<LoadResult>;

/** Checks what the engine needs once, before anything is run. Throws `UsageError`. */
export async function engineFor(options: LoadRunOptions): Promise<RunEngine> {
  const { engine = 'embedded' } = options;
  return engine === 'embedded' ? embedded(options) : (await import('./load-k6.ts')).k6Engine(engine, options);
}

async function embedded(options: LoadRunOptions): Promise<RunEngine> {
  const { checkedThreshold, runLoad } = await import('#load');
  const { workers, sources, deflate = false, signal, signalled, onEvent } = options;
  const stopOn = await asUsage(() =>
    Object.entries(expressions(options.stopOn ?? [], 'stop-on')).flatMap(([metric, all]) =>
      all.map((one) => checkedThreshold(metric, one)),
    ),
  );
  return (input) =>
    runLoad({
      ...input,
      deflate,
      toolVersion: toolVersion(),
      command: options.command ?? `mqttspec load run ${options.profile}`,
      stopOn,
      onProgress: (progress) => onEvent?.({ type: 'progress', progress }),
      ...(workers === undefined ? {} : { workers }),
      ...(sources === undefined ? {} : { sources }),
      ...(signal === undefined ? {} : { signal }),
      ...(signalled === undefined ? {} : { signalled }),
    });
}
