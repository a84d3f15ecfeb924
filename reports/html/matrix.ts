/** The matrix: a row for each case, by section; a column for each result. */
import type { InstanceResult } from '#results';
import { REQUIREMENTS, VERDICTS, type Verdict } from '#spec';
import { counted, duration } from '../text.ts';
import type { Section } from '../section.ts';
import { decisiveFact } from './fact.ts';
import { html, type Markup } from './markup.ts';
import type { Column, Model, Row } from './model.ts';
import { requirementLink } from './requirement-link.ts';
import { verdictMark, verdictSymbol } from './verdict-mark.ts';

export function matrix({ columns, sections, rows }: Model, isPlain: (row: Row) => boolean): Markup {
  const single = columns.length === 1;
  return html`<section id="matrix" aria-labelledby="matrix-t">
    <h2 id="matrix-t">Cases</h2>
    <p class="needs-js count" id="matrix-count" role="status"></p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="matrix-t">
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
        ${sections.map((section, index) => body(section, index, columns, isPlain))}
      </table>
    </div>
    <p class="needs-js empty" hidden>Nothing matches.</p>
  </section>`;
}

function body(
  { name, items }: Section<Row>,
  index: number,
  columns: readonly Column[],
  isPlain: (row: Row) => boolean,
): Markup {
  const width = columns.length + (columns.length === 1 ? 3 : 2);
  return html`<tbody data-section="${index}">
    <tr class="section">
      <th scope="rowgroup" colspan="${width}">
        <span class="fold">${name}</span> <span class="dim">${items.length}</span> ${tally(items)}
      </th>
    </tr>
    ${items.map((row) => line(row, columns, isPlain(row)))}
  </tbody>`;
}

/** Counts of all that is no pass. */
function tally(rows: readonly Row[]): Markup[] {
  const verdicts = rows.flatMap(({ instances }) => instances.map((one) => one?.verdict));
  return VERDICTS.filter((one) => one !== 'pass').flatMap((verdict) => {
    const count = verdicts.filter((one) => one === verdict).length;
    return count === 0 ? [] : [html`<span class="tally v-${verdict}">${verdictSymbol(verdict)} ${count}</span> `];
  });
}

function line(row: Row, columns: readonly Column[], plain: boolean): Markup {
  const { common, anchor, instances } = row;
  const [key] = common.verifies;
  const more = common.verifies.length - 1;
  const name = common.id.split('/').slice(1).join('/');
  return html`<tr data-c="${anchor}">
    <th scope="row">
      <a href="#${anchor}" class="${!plain && 'packed'}">${name}${common.row !== undefined && `[${common.row}]`}</a>
      <span class="where">${common.version} ${common.transport}</span><span class="title">${common.title}</span>
    </th>
    <td class="duty">
      ${key !== undefined && html`${requirementLink(key)}${more > 0 && html` <span class="dim">+${more}</span>`} <span class="level">${REQUIREMENTS.get(key)?.level}</span>`}
    </td>
    ${instances.map((one) => cell(one))}${columns.length === 1 && html`<td class="num">${duration(common.durationMs)}</td>`}
  </tr>`;
}

function cell(one: InstanceResult | undefined): Markup {
  if (one === undefined) return html`<td class="cell"><span class="dim">not in this run</span></td>`;
  const fact = decisiveFact(one);
  return html`<td class="cell c-${one.verdict}">
    ${verdictMark(one.verdict)}${fact !== '' && html` <span class="fact">${fact}</span>`}
  </td>`;
}

/** What the script filters by; short names, because there are many. */
export interface RowData {
  readonly a: string;
  readonly i: string;
  readonly s: string;
  readonly t: string;
  readonly r: readonly string[];
  readonly l: readonly string[];
  readonly n: readonly string[];
  readonly m: string;
  readonly o: string;
  /** By column; empty where that run doesn't have it. */
  readonly v: readonly (Verdict | '')[];
  /** Place in a pack, where the page doesn't have the case. */
  readonly p?: string;
}

export function rowData({ anchor, key, common, instances }: Row, place: string | undefined): RowData {
  const known = common.verifies.map((one) => REQUIREMENTS.get(one));
  return {
    a: anchor,
    i: key,
    s: common.suite,
    t: common.title,
    r: common.verifies,
    l: [...new Set(known.flatMap((one) => (one === undefined ? [] : [one.level])))],
    n: [...new Set(known.flatMap((one) => one?.needs ?? []))],
    m: common.version ?? '',
    o: common.transport,
    v: instances.map((one) => one?.verdict ?? ''),
    ...(place === undefined ? {} : { p: place }),
  };
}
