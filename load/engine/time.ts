/** Milliseconds of the machine's monotonic clock: the same in all threads of a machine, with fractions. */

/** `performance.now()` counts from the start of its thread; what it lacks to the machine's clock never changes. */
const OFFSET = bestOffset();

function bestOffset(): number {
  let offset = 0;
  let narrowest = Infinity;
  for (let n = 0; n < 20; n += 1) {
    const before = performance.now();
    const [seconds, nanoseconds] = process.hrtime();
    const after = performance.now();
    if (after - before >= narrowest) continue;
    narrowest = after - before;
    offset = seconds * 1000 + nanoseconds / 1e6 - (before + after) / 2;
  }
  return offset;
}

export const now = (): number => performance.now() + OFFSET;
