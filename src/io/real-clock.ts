import type { Clock, Timer } from './clock.ts';

export interface RealClockOptions {
  /** True: waiting timers don't keep the process alive. Default false. */
  readonly unref?: boolean;
}

/** The longest delay that Node's timers take, in milliseconds; a longer one would fire at once. */
const LONGEST = 2_147_483_647;

/** The machine's monotonic clock. A call never comes before its time, which `setTimeout` alone doesn't promise. */
export function realClock(options: RealClockOptions = {}): Clock {
  return {
    now: () => performance.now(),
    after: (ms, call) => (ms > 0 ? delayed(ms, call, options.unref === true) : nextTurn(call, options.unref === true)),
  };
}

function nextTurn(call: () => void, unref: boolean): Timer {
  const handle = setImmediate(call);
  if (unref) handle.unref();
  return { cancel: () => clearImmediate(handle) };
}

function delayed(ms: number, call: () => void, unref: boolean): Timer {
  const due = performance.now() + ms;
  // Never at once, however late it has become meanwhile: who asks has not got the timer yet.
  let handle = setTimeout(arm, Math.min(Math.ceil(ms), LONGEST));
  if (unref) handle.unref();
  function arm(): void {
    const left = due - performance.now();
    if (left <= 0) return call();
    handle = setTimeout(arm, Math.min(Math.ceil(left), LONGEST));
    if (unref) handle.unref();
  }
  return { cancel: () => clearTimeout(handle) };
}
