export interface Timer {
  cancel(): void;
}

/** The only source of time. Milliseconds are monotonic, with fractions; they start anywhere. */
export interface Clock {
  now(): number;
  /** Calls once, `ms` from now (0: in the next turn, in the order asked for). */
  after(ms: number, call: () => void): Timer;
}

/** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const onAbort = (): void => {
      timer.cancel();
      reject(signal?.reason as Error);
    };
    const timer = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
