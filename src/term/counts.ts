/** How many of each verdict. */
import { VERDICT_MARKS, type Verdict, VERDICTS } from '#spec';
import type { Paint } from './paint.ts';

/** `✓ 24 pass  ✗ 1 fail`: mark and word, so that nothing depends on colour; only what occurred. */
export function verdictCounts(counts: Readonly<Record<Verdict, number>>, paint: Paint): string {
  return VERDICTS.filter((verdict) => counts[verdict] > 0)
    .map((verdict) =>
      paint.verdict(verdict, `${paint.mark(verdict)} ${counts[verdict]} ${VERDICT_MARKS[verdict].word}`),
    )
    .join('  ');
}
