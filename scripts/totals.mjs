/** `12 passed, 0 failed` alone on a line, with `, 3 skipped` where something was: what every test command ends with. */
export function totalsLine({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The totals that an output ends with; undefined where it ends otherwise. */
export function readTotals(output) {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  const match = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(last);
  if (match === null) return undefined;
  const [passed, failed, skipped] = match.slice(1).map((count) => Number(count ?? 0));
  return { passed, failed, skipped };
}

export function addTotals(...all) {
  const sum = (of) => all.reduce((total, one) => total + (one[of] ?? 0), 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
