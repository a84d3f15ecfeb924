/** Counts by level and verdict; each number leads to its cases. */
import { VERDICT_MARKS, VERDICTS, type Verdict } from '#spec';
import { grouped } from '../text.ts';
import { html, raw, type Markup } from './markup.ts';
import { classesOf, LEVEL_CLASSES, type Column, type LevelClass, type Model, type Row } from './model.ts';
import { verdictMark } from './verdict-mark.ts';

const LEVELS = {
  MUST: { words: 'MUST', query: 'must,contract' },
  SHOULD: { words: 'SHOULD', query: 'should,derived' },
  open: { words: 'left open', query: 'may,observe' },
} as const satisfies Readonly<Record<LevelClass, unknown>>;

export function strip({ columns, rows }: Model): Markup {
  const shown = VERDICTS.filter((verdict) =>
    rows.some(({ instances }) => instances.some((one) => one?.verdict === verdict)),
  );
  const bodies = columns.map((column) => {
    const several = columns.length > 1;
    const total = column.result.cases.length;
    return html`<tbody>
      ${
        columns.length > 1 &&
        html`<tr class="group">
          <th scope="rowgroup" colspan="${shown.length + 2}">${column.label} ${bar(column)}</th>
        </tr>`
      }
      ${LEVEL_CLASSES.filter((level) => countOf(level, column, rows) > 0).map((level) => row(level, rows, shown, column, several))}
      <tr class="total">
        <th scope="row">all</th>
        ${shown.map((verdict) => number(column.result.conclusion.counts[verdict], `v:${verdict}`, columns.length > 1 ? column : undefined))}
        <td class="num">${grouped(total)}</td>
      </tr>
    </tbody>`;
  });
  return html`<section aria-labelledby="strip-t" class="strip">
    <h2 id="strip-t">Cases by level</h2>
    ${columns.length === 1 && columns[0] !== undefined && bar(columns[0])}
    <div class="scroll" tabindex="0" role="group" aria-labelledby="strip-t">
      <table>
        <caption class="sr">
          Cases by the levels of their requirements, and by verdict
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

/** Cases with at least one requirement of the level: what the filter finds, too. A case may stand in several rows. */
function countOf(level: LevelClass, { index }: Column, rows: readonly Row[], verdict?: Verdict): number {
  return rows.filter(({ instances, requirements }) => {
    const one = instances[index];
    return one !== undefined && (verdict ?? one.verdict) === one.verdict && classesOf(requirements).includes(level);
  }).length;
}

function row(
  level: LevelClass,
  rows: readonly Row[],
  shown: readonly Verdict[],
  column: Column,
  several: boolean,
): Markup {
  const { words, query } = LEVELS[level];
  return html`<tr>
    <th scope="row">${words}</th>
    ${shown.map((verdict) => number(countOf(level, column, rows, verdict), `level:${query} v:${verdict}`, several ? column : undefined))}
    <td class="num dim">${grouped(countOf(level, column, rows))}</td>
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
