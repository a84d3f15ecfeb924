/** Milliseconds of the epoch, with fractions: `Date.now()` of k6 has whole ones, the duration of the run has digits to the nanosecond. */
import exec from 'k6/execution';

/** What the duration lacks to the epoch, seen at the moments where `Date.now()` changes. */
function epochOfRun(instance: typeof exec.instance): number {
  let best = Infinity;
  for (let edge = 0; edge < 3; edge += 1) {
    const before = Date.now();
    let after = before;
    let duration = instance.currentTestRunDuration;
    while (after === before) {
      duration = instance.currentTestRunDuration;
      after = Date.now();
    }
    // Too late never makes it smaller: the smallest is the best.
    best = Math.min(best, after - duration);
  }
  return best;
}

export function startClock(): () => number {
  // Asking `exec` for it each time takes five times as long; in the init context it can't be asked at all.
  const { instance } = exec;
  const epoch = epochOfRun(instance);
  return () => epoch + instance.currentTestRunDuration;
}
