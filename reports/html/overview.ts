/** The first screen: the answer in one sentence, what was tested, how it was judged. */
import type { RunResult } from '#results';
import { VERDICT_MARKS, VERDICTS } from '#spec';
import { capabilities } from './capabilities.ts';
import { html, raw, type Markup } from './markup.ts';
import type { Column, Model } from './model.ts';
import { identity } from './identity.ts';
import { strip } from './strip.ts';
import { verdictMark } from './verdict-mark.ts';

export function overview(model: Model, note: Markup): Markup {
  return html`<section id="overview" aria-label="Verdict">${model.columns.map(verdict)} ${note}</section>
    <div class="first${model.columns.length > 1 && raw(' several')}">
      <div>${strip(model)}${capabilities(model.columns)}</div>
      <div>${identity(model.columns)}${legend()}</div>
    </div>`;
}

type Tone = 'good' | 'bad' | 'open';

function tone({ conclusion, run }: RunResult): Tone {
  const { counts, exitCode } = conclusion;
  if (counts.fail > 0 || counts.error > 0 || exitCode === 1 || exitCode === 4) return 'bad';
  return exitCode === 0 && run.ended === undefined ? 'good' : 'open';
}

const ENDED = {
  interrupted: 'The run was interrupted',
  'broker-down': 'The broker went down',
  'time-limit': 'The time limit was reached',
} as const;

function verdict({ label, result }: Column, index: number): Markup {
  const { conclusion, run } = result;
  const { must, should } = conclusion;
  const sentence = conclusion.sentence.includes(result.target.label)
    ? conclusion.sentence
    : `${label}: ${conclusion.sentence}`;
  const partial = [
    ...(run.ended === undefined ? [] : [`${ENDED[run.ended]} before its end: partial run.`]),
    ...(run.selection === undefined ? [] : [`Partial run: only ${run.selection} was selected.`]),
    ...(conclusion.leftOut.length === 0 ? [] : [`Left out: ${conclusion.leftOut.join('; ')}.`]),
  ];
  const head = index === 0 ? html`<h1>${sentence}</h1>` : html`<h2>${sentence}</h2>`;
  return html`<div class="verdict ${tone(result)}">
    ${head}
    <p>
      ${must.exercised} of ${must.applicable} applicable MUST requirements were exercised, ${must.violated}
      violated${shouldWords(should)}. ${partial.map((words) => html`<span class="partial">${words}</span> `)}
    </p>
  </div>`;
}

function legend(): Markup {
  return html`<section aria-labelledby="legend-t" class="legend">
    <h2 id="legend-t">Legend</h2>
    <dl>
      ${VERDICTS.map(
        (one) =>
          html`<div>
            <dt>${verdictMark(one)}</dt>
            <dd>${VERDICT_MARKS[one].meaning}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/** Nothing where no SHOULD was exercised. */
function shouldWords({ exercised, violated }: RunResult['conclusion']['should']): string {
  return exercised === 0 ? '' : `; ${exercised} SHOULD exercised, ${violated} not met`;
}
