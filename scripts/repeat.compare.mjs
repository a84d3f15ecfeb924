/** Verdict and reason of each instance of a run, by its name. */
export function namesOf({ cases }) {
  return new Map(cases.map(({ instance, verdict, reason }) => [instance, { verdict, reason }]));
}

/** The instances that don't have one verdict in all runs; one that is missing in a run has the verdict `absent`. */
export function flickering(runs) {
  const names = new Set(runs.flatMap((run) => [...run.keys()]));
  const rows = [...names].map((instance) => ({
    instance,
    outcomes: runs.map((run) => run.get(instance) ?? { verdict: 'absent' }),
  }));
  return rows.filter(({ outcomes }) => outcomes.some(({ verdict }) => verdict !== outcomes[0].verdict));
}

/** `  3/20  897 pass  71 fail  14 warn …  134.9 s`. */
export function repetitionLine({ conclusion, run }, number, times) {
  const counts = Object.entries(conclusion.counts).filter(([, count]) => count > 0);
  const sums = counts.map(([verdict, count]) => `${count} ${verdict}`).join('  ');
  const ended = run.ended === undefined ? '' : `  ended: ${run.ended}`;
  return `${String(number).padStart(3)}/${times}  ${sums}  ${(run.durationMs / 1000).toFixed(1)} s${ended}`;
}

/** What flickers, and the sum. */
export function summaryLines(runs) {
  const rows = flickering(runs);
  const total = new Set(runs.flatMap((run) => [...run.keys()])).size;
  const lines = rows.flatMap(({ instance, outcomes }) => [`flickers: ${instance}`, ...verdictLines(outcomes)]);
  return [...lines, `${runs.length} runs: ${total - rows.length} of ${total} instances with the same verdict in all`];
}

/** `    fail in 2, 7: nothing within 2000 ms`, a line for each verdict. */
function verdictLines(outcomes) {
  return [...new Set(outcomes.map(({ verdict }) => verdict))].map((verdict) => {
    const runs = outcomes.flatMap((outcome, index) => (outcome.verdict === verdict ? [index + 1] : []));
    return `    ${verdict} in ${runs.join(', ')}: ${outcomes[runs[0] - 1].reason ?? ''}`;
  });
}
