/** A case: the requirement first, then what each broker did. */
import type { InstanceResult } from '#results';
import { REQUIREMENTS, type RequirementKey } from '#spec';
import { duration } from '../text.ts';
import { sectionOf } from '../section.ts';
import { html, NOTHING, type Markup } from './markup.ts';
import { isNotable, type Column, type Row } from './model.ts';
import { outcomeBody } from './outcome.ts';
import { standardLink } from './requirement-link.ts';
import { verdictMark } from './verdict-mark.ts';

export interface CasePageContext {
  readonly columns: readonly Column[];
  /** Whether the page has to be readable without script. */
  readonly plain: boolean;
}

export function casePage(row: Row, context: CasePageContext): Markup {
  const { common, anchor } = row;
  return html`<article class="case" id="${anchor}" aria-labelledby="${anchor}-t" tabindex="-1">
    <header>
      <p class="crumbs">${sectionOf(common)}</p>
      <h2 id="${anchor}-t">${instanceName(common)}</h2>
      <p class="lead">${common.title}</p>
      <ul class="duties">
        ${common.verifies.map(duty)}
      </ul>
    </header>
    ${context.columns.map((column) => outcome(row, column, context))}
  </article>`;
}

/** Lines may break where the parts of the name meet. */
export function instanceName({ id, row, version, transport }: InstanceResult): Markup {
  const [suite = '', name = ''] = id.split('/');
  return html`<span class="name">${suite}/<wbr /><b>${name}</b>${row !== undefined && html`<wbr />[${row}]`}</span
    ><wbr /><span class="where">@${version !== undefined && `${version}/`}${transport}</span>`;
}

function duty(key: RequirementKey): Markup {
  const known = REQUIREMENTS.get(key);
  if (known === undefined) return html`<li><code>${key}</code> is not in this catalogue.</li>`;
  return html`<li>
    ${standardLink(key)} <span class="level">${known.level}</span> ${known.title}
    ${known.expected !== undefined && html`<span class="accepted">Accepted: ${known.expected}</span>`}
  </li>`;
}

/** What somebody has to look at stands open. */
function outcome(row: Row, column: Column, context: CasePageContext): Markup {
  const one = row.instances[column.index];
  const several = context.columns.length > 1;
  if (one === undefined) {
    return several
      ? html`<section class="outcome none">
          <h3>${column.label}</h3>
          <p>not part of this run</p>
        </section>`
      : NOTHING;
  }
  const name = `${row.anchor}o${column.index}`;
  const title = html`${verdictMark(one.verdict)} ${several && html`<span class="broker">${column.label}</span>`}
    <span class="took">${took(one)}</span>`;
  const body = outcomeBody(one, { column, row: row.index, plain: context.plain });
  if (!several || isNotable(one)) {
    return html`<section class="outcome o-${one.verdict}" id="${name}">
      <h3>${title}</h3>
      ${body}
    </section>`;
  }
  return html`<details class="outcome o-${one.verdict}" id="${name}">
    <summary><h3>${title}</h3></summary>
    ${body}
  </details>`;
}

function took({ durationMs, attempts }: InstanceResult): string {
  const again =
    attempts > 1 ? `, run ${attempts} times: a verdict by deadline is confirmed alone, with longer deadlines` : '';
  return `${duration(durationMs)}${again}`;
}
