/** The matrix: a row for each case, by section; a column for each result. */
import type { InstanceResult } from '#results';
import { REQUIREMENTS, VERDICT_MARKS, VERDICTS, type RequirementKey } from '#spec';
import { counted, duration, visible } from '../text.ts';
import type { Section } from '../section.ts';
import { decisiveFact } from './fact.ts';
import { html, type Markup } from './markup.ts';
import { isNotable, type Column, type Model, type Row } from './model.ts';
import { requirementLink } from './requirement-link.ts';
import { verdictSymbol } from './verdict-mark.ts';

export function matrix({ columns, sections, rows }: Model): Markup {
  const single = columns.length === 1;
  return html`<section id="matrix" aria-labelledby="matrix-t">
    <h2 id="matrix-t">Cases</h2>
    <p class="needs-js count" id="matrix-count" role="status"></p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="matrix-t">
      <table class="matrix${single && ' single'}">
        <caption class="sr">
          ${counted(rows.length, 'case')}, by section, and what became of each
        </caption>
        <thead>
          <tr>
            <th scope="col">case</th>
            <th scope="col" class="duty">requirement</th>
            ${columns.map(({ label }) => html`<th scope="col" class="cell">${single ? 'verdict' : label}</th>`)}
            ${single && html`<th scope="col" class="num">time</th>`}
          </tr>
        </thead>
        ${sections.map((section, index) => body(section, index, columns))}
      </table>
    </div>
    <p class="needs-js empty" hidden>Nothing matches.</p>
  </section>`;
}

function body({ name, items }: Section<Row>, index: number, columns: readonly Column[]): Markup {
  const width = columns.length + (columns.length === 1 ? 3 : 2);
  return html`<tbody data-section="${index}">
    <tr class="section">
      <th scope="rowgroup" colspan="${width}">
        <span class="fold">${name}</span> <span class="dim">${items.length}</span> ${tally(items)}
      </th>
    </tr>
    ${items.map((row) => line(row, columns))}
  </tbody>`;
}

/** Counts of all that is no pass. */
function tally(rows: readonly Row[]): Markup[] {
  const verdicts = rows.flatMap(({ instances }) => instances.map((one) => one?.verdict));
  return VERDICTS.filter((one) => one !== 'pass').flatMap((verdict) => {
    const count = verdicts.filter((one) => one === verdict).length;
    return count === 0 ? [] : [html`<span class="tally">${verdictSymbol(verdict)} ${count}</span> `];
  });
}

function line(row: Row, columns: readonly Column[]): Markup {
  const { common, anchor, instances } = row;
  const [key] = common.verifies;
  const more = common.verifies.length - 1;
  const name = common.id.split('/').slice(1).join('/');
  return html`<tr>
    <th scope="row">
      <a href="#${anchor}" class="${!instances.some(isNotable) && 'packed'}"
        >${name}${common.row !== undefined && `[${common.row}]`}</a
      >
      <span class="where">${common.version} ${common.transport}</span><span class="title">${common.title}</span>
    </th>
    <td class="duty">
      ${key !== undefined && html`${requirementLink(key)}${more > 0 && ` +${more}`} ${REQUIREMENTS.get(key)?.level}`}
    </td>
    ${instances.map((one) => cell(one))}${columns.length === 1 && html`<td class="num">${duration(common.durationMs)}</td>`}
  </tr>`;
}

function cell(one: InstanceResult | undefined): Markup {
  if (one === undefined) return html`<td class="dim">not in this run</td>`;
  const fact = decisiveFact(one);
  return html`<td class="v ${one.verdict}">
    ${VERDICT_MARKS[one.verdict].word}${fact !== '' && html` <small>${fact}</small>`}
  </td>`;
}

/** What the script filters by, beside what stands in the table; short, because there are many. */
export interface RowData {
  readonly a: string;
  /** Instance. */
  readonly i: string;
  /** Requirements: indexes into the keys; needs. */
  readonly r: readonly number[];
  readonly n?: readonly string[];
  /** A digit a column: index into the verdicts; `-` where that run doesn't have it. */
  readonly v: string;
}

export function rowData(
  { anchor, key, requirements, instances }: Row,
  keys: ReadonlyMap<RequirementKey, number>,
): RowData {
  const needs = [...new Set(requirements.flatMap((one) => REQUIREMENTS.get(one)?.needs ?? []))];
  return {
    a: anchor,
    i: visible(key),
    r: requirements.map((one) => keys.get(one) ?? 0),
    v: instances.map((one) => (one === undefined ? '-' : VERDICTS.indexOf(one.verdict))).join(''),
    ...(needs.length === 0 ? {} : { n: needs }),
  };
}
