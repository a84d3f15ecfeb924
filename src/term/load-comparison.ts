/** Load runs side by side. */
import { compareLoad, type ComparedMeasure, type LoadResult, type Spread } from '#results';
import { grouped, millis } from './load-numbers.ts';
import type { Paint } from './paint.ts';
import { renderTable } from './sheet.ts';
import { visible } from './visible.ts';

const WORDS: { readonly [V in ComparedMeasure['verdict']]: string } = {
  noise: 'within the noise',
  better: 'better',
  worse: 'worse',
  same: 'the same',
  'one-run': 'one run each: --repeat shows the noise',
};

/** What changed from `before` to `after`, each named. */
export function renderLoadComparison(
  [beforeName, before]: readonly [string, readonly LoadResult[]],
  [afterName, after]: readonly [string, readonly LoadResult[]],
  paint: Paint,
): string {
  const measures = compareLoad(before, after);
  const invalid = [...before, ...after].filter(({ health }) => health.verdict === 'invalid').length;
  if (measures.length === 0)
    return paint.finish(' nothing to compare: no valid run of both sides has measured the same\n');
  const rows = measures.map((one) => [
    ` ${one.measure}`,
    ranged(one.before, one.unit),
    ranged(one.after, one.unit),
    one.change === undefined ? '' : `${one.change > 0 ? '+' : ''}${(one.change * 100).toFixed(0)} %`,
    WORDS[one.verdict],
  ]);
  const table = renderTable([['', visible(beforeName), visible(afterName), '', ''], ...rows], paint);
  const left = invalid === 0 ? '' : ` ${invalid} invalid ${invalid === 1 ? 'run was' : 'runs were'} left out\n`;
  return paint.finish(`\n${table}${left}`);
}

function ranged({ median, least, most, runs }: Spread, unit: ComparedMeasure['unit']): string {
  const shown = (n: number): string => (unit === 'ms' ? millis(n) : `${grouped(n)}${unit}`);
  return runs < 2 ? shown(median) : `${shown(median)} (${shown(least)} – ${shown(most)})`;
}
