/** Runs one instance: bounded, its wire told to the listeners. */
import { anySignal } from '#io';
import { executeInstance, type Environment, type Instance, type Timing } from '#kit';
import type { InstanceResult, RunListener } from '#results';
import { blankResult } from './blank-result.ts';
import { RUN_LIMITS } from './limits.ts';

export interface ExecutorOptions extends Omit<Environment, 'timing' | 'onWire'> {
  readonly tell: RunListener;
  /** False: nobody listens to what passes on the wire. */
  readonly tellWire: boolean;
}

export class Executor {
  readonly #options: ExecutorOptions;
  /** How often an instance was run: what one attempt left must not meet the next, so each has names of its own. */
  readonly #attempts = new Map<string, number>();

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  /** Never throws: what breaks is the verdict `error`. */
  async run(instance: Instance, timing: Timing, signal: AbortSignal): Promise<InstanceResult> {
    const { clock, tell, tellWire, seed } = this.#options;
    const attempt = (this.#attempts.get(instance.id) ?? 0) + 1;
    this.#attempts.set(instance.id, attempt);
    const watchdog = new AbortController();
    const { instanceMs, instanceRoundTrips } = RUN_LIMITS;
    const way = instanceRoundTrips * (timing.roundTripMs ?? 0);
    const limit = instanceMs + way + 20 * timing.replyMs + 1_000 * 5 * (instance.case.takes ?? 0);
    const timer = clock.after(limit, () => watchdog.abort());
    try {
      const result = await executeInstance(instance, {
        ...this.#options,
        seed: attempt === 1 ? seed : `${seed}/${attempt}`,
        timing,
        signal: anySignal(signal, watchdog.signal),
        ...(tellWire ? { onWire: (entry) => tell({ type: 'wire', instance: instance.id, entry }) } : {}),
      });
      if (!watchdog.signal.aborted || signal.aborted) return result;
      return { ...result, verdict: 'error', reason: `the case did not end within ${Math.round(limit / 1000)} s` };
    } catch (error) {
      return blankResult(
        instance,
        'error',
        `the harness broke: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      timer.cancel();
    }
  }
}
