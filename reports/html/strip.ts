/** Counts by level and verdict; each number leads to its cases. */
import { VERDICT_MARKS, VERDICTS, type Verdict } from '#spec';
import { grouped } from '../text.ts';
import { html, raw, type Markup } from './markup.ts';
import { LEVEL_CLASSES, strongest, type Column, type LevelClass, type Model } from './model.ts';
import { verdictMark } from './verdict-mark.ts';

const LEVEL_WORDS = { MUST: 'MUST', SHOULD: 'SHOULD', open: 'MAY, observe' } as const;

export function strip({ columns, rows }: Model): Markup {
  const shown = VERDICTS.filter((verdict) =>
    rows.some(({ instances }) => instances.some((one) => one?.verdict === verdict)),
  );
  const bodies = columns.map((column) => {
    const counts = countsOf(column);
    const total = column.result.cases.length;
    return html`<tbody>
      ${
        columns.length > 1 &&
        html`<tr class="group">
          <th scope="rowgroup" colspan="${shown.length + 2}">${column.label} ${bar(column)}</th>
        </tr>`
      }
      ${LEVEL_CLASSES.filter((level) => sum(counts, level) > 0).map((level) => row(level, counts, shown, columns.length > 1 ? column : undefined))}
      <tr class="total">
        <th scope="row">all</th>
        ${shown.map((verdict) => number(column.result.conclusion.counts[verdict], `v:${verdict}`, columns.length > 1 ? column : undefined))}
        <td class="num">${grouped(total)}</td>
      </tr>
    </tbody>`;
  });
  return html`<section aria-labelledby="strip-t" class="strip">
    <h2 id="strip-t">By level</h2>
    ${columns.length === 1 && columns[0] !== undefined && bar(columns[0])}
    <div class="scroll" tabindex="0" role="region" aria-labelledby="strip-t">
      <table>
        <caption class="sr">
          Cases by level of their strongest requirement, and by verdict
        </caption>
        <thead>
          <tr>
            <th scope="col">level</th>
            ${shown.map((verdict) => html`<th scope="col" class="num">${verdictMark(verdict)}</th>`)}
            <th scope="col" class="num">cases</th>
          </tr>
        </thead>
        ${bodies}
      </table>
    </div>
  </section>`;
}

type Counts = ReadonlyMap<string, number>;

const at = (level: LevelClass, verdict: Verdict): string => `${level} ${verdict}`;

function countsOf({ result }: Column): Counts {
  const counts = new Map<string, number>();
  for (const { verifies, verdict } of result.cases) {
    const key = at(strongest(verifies), verdict);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const sum = (counts: Counts, level: LevelClass): number =>
  VERDICTS.reduce((total, verdict) => total + (counts.get(at(level, verdict)) ?? 0), 0);

function row(level: LevelClass, counts: Counts, shown: readonly Verdict[], column: Column | undefined): Markup {
  return html`<tr>
    <th scope="row">${LEVEL_WORDS[level]}</th>
    ${shown.map((verdict) => number(counts.get(at(level, verdict)) ?? 0, `level:${level.toLowerCase()} v:${verdict}`, column))}
    <td class="num dim">${grouped(sum(counts, level))}</td>
  </tr>`;
}

function number(count: number, query: string, column: Column | undefined): Markup {
  if (count === 0) return html`<td class="num none">–</td>`;
  const whole = column === undefined ? query : `${query} broker:${quotedWord(column.label)}`;
  return html`<td class="num">
    <a class="n" href="#q=${encodeURIComponent(whole)}" data-q="${whole}">${grouped(count)}</a>
  </td>`;
}

/** A word of the selection grammar. */
const quotedWord = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);

const WIDTH = 1000;
const HEIGHT = 8;

/** Proportions; the numbers are in the table. */
function bar({ result }: Column): Markup {
  const { counts } = result.conclusion;
  const total = Math.max(
    1,
    VERDICTS.reduce((all, verdict) => all + counts[verdict], 0),
  );
  let x = 0;
  const parts = VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) => {
    const width = (counts[verdict] / total) * WIDTH;
    x += width;
    return `<rect class="b-${verdict}" x="${(x - width).toFixed(1)}" width="${width.toFixed(1)}" height="${HEIGHT}"><title>${counts[verdict]} ${VERDICT_MARKS[verdict].word}</title></rect>`;
  });
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    ${raw(parts.join(''))}
  </svg>`;
}
