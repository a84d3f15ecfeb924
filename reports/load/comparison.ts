/** Several runs side by side: those of the first label against each other label; no winner inside the noise. */
import { compareLoad, type ComparedMeasure, type LoadResult, type Spread } from '#results';
import { html, type Markup, NOTHING } from '../html/markup.ts';
import { threeDigits } from './words.ts';

const WORDS: Readonly<Record<ComparedMeasure['verdict'], string>> = {
  same: 'the same',
  noise: 'within the noise',
  better: 'better',
  worse: 'worse',
  'one-run': 'one run each: nothing to tell noise by',
};

const LOOKS: Readonly<Record<ComparedMeasure['verdict'], string>> = {
  same: 'skip',
  noise: 'skip',
  better: 'pass',
  worse: 'fail',
  'one-run': 'observed',
};

/** What a run is called among others: its broker and how it was reached. */
export const sideOf = ({ target }: LoadResult): string => `${target.label} over ${target.transport}`;

export function comparison(results: readonly LoadResult[]): Markup {
  const sides = [...new Set(results.map(sideOf))];
  const [first, ...others] = sides;
  const of = (side: string): LoadResult[] => results.filter((one) => sideOf(one) === side);
  if (results.length < 2 || first === undefined) return NOTHING;
  // Runs of one broker: the first against the rest.
  const pairs: readonly (readonly [string, readonly LoadResult[], string, readonly LoadResult[]])[] =
    others.length === 0
      ? [['first run', results.slice(0, 1), 'later runs', results.slice(1)]]
      : others.map((other) => [first, of(first), other, of(other)]);
  return html`<section>
    <h2>Comparison</h2>
    ${pairs.map(([before, a, after, b]) => pair(before, after, compareLoad(a, b)))}
  </section>`;
}

function pair(before: string, after: string, measures: readonly ComparedMeasure[]): Markup {
  if (measures.length === 0)
    return html`<p class="note">${before} and ${after}: nothing was measured validly in both.</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">measure</th>
          <th scope="col" class="num">${before}</th>
          <th scope="col" class="num">${after}</th>
          <th scope="col" class="num">change</th>
          <th scope="col">verdict</th>
        </tr>
      </thead>
      <tbody>
        ${measures.map(
          (one) =>
            html`<tr>
              <th scope="row">${one.measure}</th>
              <td class="num">${spreadText(one.before, one.unit)}</td>
              <td class="num">${spreadText(one.after, one.unit)}</td>
              <td class="num">
                ${one.change === undefined ? '' : `${one.change > 0 ? '+' : ''}${Math.round(one.change * 100)} %`}
              </td>
              <td><span class="v ${LOOKS[one.verdict]}">${WORDS[one.verdict]}</span></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function spreadText({ median, least, most, runs }: Spread, unit: string): string {
  const value = `${threeDigits(median)}${unit === '' ? '' : unit.startsWith('/') ? unit : ` ${unit}`}`;
  return runs === 1 ? value : `${value} (${threeDigits(least)} to ${threeDigits(most)}, ${runs} runs)`;
}
