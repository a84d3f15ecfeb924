/** A finding that rests on a deadline alone is not believed at once (BROKERS.md, lesson 8). */
import { TOO_LATE } from '#kit';
import type { InstanceResult } from '#results';

/** True where nothing but a deadline, or a set-up that didn't come about, speaks for the verdict. */
export function needsConfirmation({ verdict, findings }: InstanceResult): boolean {
  if (verdict === 'inconclusive') return true;
  if (verdict !== 'fail' && verdict !== 'warn') return false;
  return findings.filter((finding) => finding.verdict === verdict).every(({ evidence }) => evidence === 'deadline');
}

/** True where this process did not keep time meanwhile: what was seen may be its own doing. */
export const doubtful = ({ verdict }: InstanceResult, lateMs: number): boolean =>
  lateMs > 0 && (verdict === 'fail' || verdict === 'warn');

/** A doubtful result again: nothing is held against a broker by a harness that came late. */
export const undecided = (result: InstanceResult, lateMs: number): InstanceResult => ({
  ...result,
  verdict: 'inconclusive',
  reason: `this machine is too busy: mqttspec itself was ${Math.round(lateMs)} ms late meanwhile (${result.reason ?? result.verdict})`,
});

/** What counts after it ran again with longer deadlines; of a doubted first run, nothing does. */
export function reconciled(first: InstanceResult, second: InstanceResult, doubted: boolean): InstanceResult {
  const attempts = first.attempts + second.attempts;
  const { startedMs } = first;
  const agreed = second.verdict === first.verdict || second.verdict === 'fail';
  if (flickers({ result: first }) && !agreed) return { ...first, attempts };
  if (second.verdict === 'not-run' || agreed || doubted || first.verdict === 'inconclusive') {
    return { ...second, startedMs, attempts };
  }
  const reason = `${FLICKERS} ${first.verdict} (${first.reason ?? 'a deadline'}), then ${second.verdict} with longer deadlines`;
  return { ...first, verdict: 'inconclusive', reason, attempts };
}

const FLICKERS = 'flickers:';

/** Each run came too late to judge anything: what else runs may be why. */
export const tooLate = ({ result }: { readonly result: InstanceResult }): boolean =>
  result.verdict === 'inconclusive' && result.reason?.startsWith(TOO_LATE) === true;

/** Two runs disagreed. */
export const flickers = ({ result }: { readonly result: InstanceResult }): boolean =>
  result.reason?.startsWith(FLICKERS) === true;
