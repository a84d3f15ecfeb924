import { anySignal } from '#io';
import type { RunIdentity } from '#results';
import { RUN_LIMITS } from './limits.ts';
import type { RunCasesOptions } from './options.ts';

export interface Stopper {
  readonly signal: AbortSignal;
  readonly why: () => RunIdentity['ended'];
  readonly dispose: () => void;
}

/** The user's signal and the time limit, as one. */
export function stopper({
  signal,
  clock,
  timeLimitMs = RUN_LIMITS.timeLimitMs,
}: Pick<RunCasesOptions, 'signal' | 'clock' | 'timeLimitMs'>): Stopper {
  const controller = new AbortController();
  let why: RunIdentity['ended'];
  const stop = (reason: NonNullable<RunIdentity['ended']>): void => {
    why ??= reason;
    controller.abort();
  };
  const onAbort = (): void => stop('interrupted');
  const timer = clock.after(timeLimitMs, () => stop('time-limit'));
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: anySignal(controller.signal),
    why: () => why,
    dispose: () => {
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
