import { totalsLine } from './totals.mjs';

/** Closes a vitest run with its totals. A file that can't be imported and an error outside of all tests count as failed. */
export default class TotalsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const totals = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      totals.failed += module.errors().length;
      for (const test of module.children.allTests()) totals[test.result().state] += 1;
    }
    // The default reporter prints its own summary behind this hook.
    process.once('exit', () => process.stdout.write(`${totalsLine(totals)}\n`));
  }
}
