import { VERDICT_MARKS, type Verdict } from '#spec';
import { html, type Markup } from './markup.ts';

/** Symbol and word: nothing depends on colour. */
export function verdictMark(verdict: Verdict): Markup {
  const { mark, word } = VERDICT_MARKS[verdict];
  return html`<span class="v v-${verdict}"><i aria-hidden="true">${mark}</i> ${word}</span>`;
}

/** Where a table has no room for the word: it is there for those who listen, and as a tooltip. */
export function verdictSymbol(verdict: Verdict): Markup {
  const { mark, word } = VERDICT_MARKS[verdict];
  return html`<span class="v v-${verdict}" title="${word}"
    ><i aria-hidden="true">${mark}</i><span class="sr">${word}</span></span
  >`;
}
