import { VERDICT_MARKS, type Verdict } from '#spec';
import { html, type Markup } from './markup.ts';

/** Symbol and word: nothing depends on colour. The style sheet puts the symbol before the word. */
export function verdictMark(verdict: Verdict): Markup {
  return html`<span class="v ${verdict}">${VERDICT_MARKS[verdict].word}</span>`;
}

/** Where there is no room for the word: it is there for those who listen, and as a tooltip. */
export function verdictSymbol(verdict: Verdict): Markup {
  const { word } = VERDICT_MARKS[verdict];
  return html`<span class="v ${verdict}" title="${word}"><span class="sr">${word}</span></span>`;
}
