/** Every statement of the standards, with the cases that verify it; those that none verifies are seen, too. */
import { REQUIREMENTS, VERDICT_MARKS, VERDICTS, type Requirement, type RequirementKey, type Verdict } from '#spec';
import { AREA_TITLES, areaOf } from '../section.ts';
import { counted } from '../text.ts';
import { html, raw, type Markup } from './markup.ts';
import type { Model, Row } from './model.ts';
import { standardLink } from './requirement-link.ts';

/** Cases that are named in a row. */
const NAMED = 4;

export function requirementTables(model: Model): Markup {
  const cases = casesByRequirement(model.rows);
  const all = [...REQUIREMENTS.values()];
  const touched = all.filter(({ key }) => cases.has(key)).length;
  return html`<section id="requirements" aria-labelledby="requirements-t">
    <h2 id="requirements-t">Requirements</h2>
    <p class="dim">
      ${counted(all.length, 'statement')}, ${touched} of them with a case in this report. The wording is ours; the link
      leads to the standard.
    </p>
    ${AREA_TITLES.map((area) =>
      areaTable(
        area,
        all.filter(({ key }) => areaOf(key) === area),
        cases,
        model,
      ),
    )}
  </section>`;
}

function casesByRequirement(rows: readonly Row[]): ReadonlyMap<RequirementKey, Row[]> {
  const cases = new Map<RequirementKey, Row[]>();
  for (const row of rows) {
    for (const key of row.requirements) cases.set(key, [...(cases.get(key) ?? []), row]);
  }
  return cases;
}

function areaTable(
  area: string,
  requirements: readonly Requirement[],
  cases: ReadonlyMap<RequirementKey, Row[]>,
  { columns }: Model,
): Markup {
  const without = requirements.filter(({ key }) => !cases.has(key)).length;
  return html`<details class="area" ${without < requirements.length && raw(' open')}>
    <summary>
      <h3>${area}</h3>
      <span class="dim">${counted(requirements.length, 'statement')}, ${without} without a case</span>
    </summary>
    <div class="scroll" tabindex="0" role="group" aria-label="${area}">
      <table class="requirements">
        <caption class="sr">
          Requirements of ${area}
        </caption>
        <thead>
          <tr>
            <th scope="col">requirement</th>
            <th scope="col">level</th>
            <th scope="col">what a correct server does</th>
            <th scope="col">cases</th>
            ${columns.map(({ label }) => html`<th scope="col" class="cell">${columns.length === 1 ? 'verdict' : label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${requirements.map((one) => line(one, cases.get(one.key) ?? [], columns.length))}
        </tbody>
      </table>
    </div>
  </details>`;
}

function line(one: Requirement, rows: readonly Row[], columns: number): Markup {
  const head = html`<th scope="row">${standardLink(one.key)}</th>
    <td>${one.level}</td>
    <td>${one.title}</td>`;
  if (rows.length === 0) {
    return html`<tr id="${one.key}" class="untested">
      ${head}
      <td colspan="${columns + 1}">${untested(one)}</td>
    </tr>`;
  }
  const verdicts = Array.from({ length: columns }, (_, column) => verdictCell(one.key, rows, column));
  return html`<tr id="${one.key}">
    ${head}
    <td class="cases">${caseLinks(rows)}</td>
    ${verdicts}
  </tr>`;
}

function untested({ observable }: Requirement): string {
  return observable === 'no' ? 'not visible from outside' : 'no case';
}

function caseLinks(rows: readonly Row[]): Markup {
  const names = rows.slice(0, NAMED).map(({ anchor, common }) => {
    const name = common.id.split('/').slice(1).join('/');
    return html`<a href="#${anchor}">${name}${common.row !== undefined && `[${common.row}]`}</a> `;
  });
  return html`${names}${rows.length > NAMED && html`<span class="dim">+${rows.length - NAMED}</span>`}`;
}

const WORST_FIRST: readonly Verdict[] = [
  'fail',
  'error',
  'warn',
  'inconclusive',
  'observed',
  'pass',
  'skip',
  'not-run',
];

/** The worst that any case says of it: where another one was blamed, nothing is known. */
function verdictCell(key: RequirementKey, rows: readonly Row[], column: number): Markup {
  const verdicts = rows.flatMap(({ instances }): Verdict[] => {
    const one = instances[column];
    if (one === undefined) return [];
    const own = one.findings.filter(({ requirement }) => requirement === key).map(({ verdict }) => verdict);
    if (own.length > 0) return own;
    const blamed = one.verdict === 'fail' || one.verdict === 'warn';
    return one.verifies.includes(key) && !blamed ? [one.verdict] : [];
  });
  const worst = [...WORST_FIRST, ...VERDICTS].find((verdict) => verdicts.includes(verdict));
  return worst === undefined ? html`<td></td>` : html`<td class="v ${worst}">${VERDICT_MARKS[worst].word}</td>`;
}
