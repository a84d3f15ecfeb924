/** A finding that rests on a deadline alone is not believed at once (BROKERS.md, lesson 8). */
import type { InstanceResult } from '#results';

/** True where nothing but a deadline, or a set-up that didn't come about, speaks for the verdict. */
export function needsConfirmation({ verdict, findings }: InstanceResult): boolean {
  if (verdict === 'inconclusive') return true;
  if (verdict !== 'fail' && verdict !== 'warn') return false;
  return findings.filter((finding) => finding.verdict === verdict).every(({ evidence }) => evidence === 'deadline');
}

/** What counts after it ran again with longer deadlines. */
export function reconciled(first: InstanceResult, second: InstanceResult): InstanceResult {
  const attempts = first.attempts + second.attempts;
  const { startedMs } = first;
  const agreed = second.verdict === first.verdict || second.verdict === 'fail';
  if (flickers({ result: first }) && !agreed) return { ...first, attempts };
  if (second.verdict === 'not-run' || agreed || first.verdict === 'inconclusive') {
    return { ...second, startedMs, attempts };
  }
  const reason = `${FLICKERS} ${first.verdict} (${first.reason ?? 'a deadline'}), then ${second.verdict} with longer deadlines`;
  return { ...first, verdict: 'inconclusive', reason, attempts };
}

const FLICKERS = 'flickers:';

/** Two runs disagreed. */
export const flickers = ({ result }: { readonly result: InstanceResult }): boolean =>
  result.reason?.startsWith(FLICKERS) === true;
