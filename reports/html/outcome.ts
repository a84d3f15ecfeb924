/** What one broker did in one case: expected and actual, findings, steps, how to repeat it, the wire. */
import type { Finding, InstanceResult, Step } from '#results';
import { contrastOf, decisiveFinding } from '../proof.ts';
import { counted } from '../text.ts';
import { html, NOTHING, type Markup } from './markup.ts';
import { isNotable, type Column } from './model.ts';
import { pictures } from './pictures.ts';
import { reproductions } from './reproduce.ts';
import { requirementLink } from './requirement-link.ts';
import { verdictMark } from './verdict-mark.ts';
import { hasWire, wireInPage } from './wire.ts';

/** Some tables repeat a few steps hundreds of times. */
const STEPS_OF_A_PASS = 24;

export interface OutcomeContext {
  readonly column: Column;
  /** Of the row. */
  readonly row: number;
  /** Failures of a page that can be read without script have their transcript in it. */
  readonly plain: boolean;
}

export function outcomeBody(one: InstanceResult, context: OutcomeContext): Markup {
  const decisive = decisiveFinding(one);
  const steps = isNotable(one) ? one.steps : one.steps.slice(0, STEPS_OF_A_PASS);
  const others = one.findings.filter((finding) => finding !== decisive);
  return html`${one.verdict !== 'pass' && judgement(one, decisive)}
  ${
    others.length > 0 &&
    html`<h4>Also found</h4>
      <ul class="findings">
        ${others.map(finding)}
      </ul>`
  }
  ${
    one.steps.length > 0 &&
    html`<h4>Steps</h4>
      <ol class="steps">
        ${steps.map(step)}
      </ol>
      ${steps.length < one.steps.length && html`<p class="dim">${counted(one.steps.length - steps.length, 'more step')} in the results file.</p>`}`
  }
  ${
    isNotable(one) &&
    html`<h4>Reproduce</h4>
      ${reproductions(one, context.column.result).map(command)}`
  }
  ${pictures(one)} ${wire(one, context)}`;
}

function judgement(one: InstanceResult, decisive: Finding | undefined): Markup {
  const { message, expected, actual } = contrastOf(one);
  const lines = [
    ['Expected', expected],
    ['Actual', actual === message ? undefined : actual],
    ['Reason', isSaid(one.reason, one.findings) ? undefined : one.reason],
  ] as const;
  const given = lines.filter(([, text]) => text !== undefined);
  return html`${
    message !== undefined &&
    html`<p class="message">
      ${decisive !== undefined && html`${requirementLink(decisive.requirement)} <span class="level">${decisive.level}</span> `}${message}
    </p>`
  }
  ${
    given.length > 0 &&
    html`<dl class="ea">
      ${given.map(
        ([label, text]) =>
          html`<div class="${label === 'Actual' && 'actual'}">
            <dt>${label}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>`
  }
  ${decisive !== undefined && html`<p class="evidence">${evidence(decisive)}</p>`}`;
}

/** The reason of a verdict is often the message of a finding. */
const isSaid = (reason: string | undefined, findings: readonly Finding[]): boolean =>
  findings.length === 0 || findings.some(({ message }) => message === reason);

function evidence({ evidence, by, at }: Finding): string {
  const who = by === 'referee' ? 'Found by the referee, which judges every packet' : 'Found by the case';
  const how = evidence === 'deadline' ? 'because nothing came in time' : 'on the wire';
  return `${who}, ${how}, at ${at.toFixed(1)} ms.`;
}

function finding({ requirement, level, verdict, message, expected, actual }: Finding): Markup {
  return html`<li>
    ${verdictMark(verdict)} ${requirementLink(requirement)}
    <span class="level">${level}</span>
    ${message}${expected !== undefined && html`<br /><span class="dim">expected</span> ${expected}`}${actual !== undefined && html`<br /><span class="dim">actual</span> ${actual}`}
  </li>`;
}

const STEP_MARKS = { done: '✓', failed: '✗', 'not-reached': '·' } as const;
const STEP_WORDS = { done: 'done', failed: 'failed', 'not-reached': 'not reached' } as const;

function step({ at, title, outcome, detail }: Step): Markup {
  return html`<li class="s-${outcome}">
    <span class="at">${outcome === 'not-reached' ? '' : at.toFixed(1)}</span>
    <i aria-hidden="true">${STEP_MARKS[outcome]}</i> <span class="sr">${STEP_WORDS[outcome]}: </span
    ><span>${title}${detail !== undefined && html` <em>${detail}</em>`}</span>
  </li>`;
}

/** The button is put there by the script, which alone can copy. */
export function command({ label, command }: { readonly label: string; readonly command: string }): Markup {
  return html`<div class="command"><span class="dim">${label}</span><code data-copy>${command}</code></div>`;
}

function wire(one: InstanceResult, { column, row, plain }: OutcomeContext): Markup {
  if (one.transcript === undefined) return NOTHING;
  if (!hasWire(one)) return html`<p class="dim">Its transcript was not kept.</p>`;
  const notable = isNotable(one);
  const place = `${notable ? 'notable' : 'other'}/${row}/${column.index}`;
  const { entries } = one.transcript;
  return html`<h4>On the wire</h4>
    ${
      notable && plain
        ? wireInPage(one, place)
        : html`<div data-wire="${place}">
            <p class="dim">${counted(entries.length, 'unit')}, to be read in the results file (JSON).</p>
          </div>`
    }`;
}
