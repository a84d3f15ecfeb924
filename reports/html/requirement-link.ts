import { REQUIREMENTS, type RequirementKey } from '#spec';
import { html, type Markup } from './markup.ts';

/** To the row of the requirement in this page, which leads on to the standard. */
export function requirementLink(key: RequirementKey): Markup {
  return REQUIREMENTS.has(key) ? html`<a class="req" href="#${key}">${key}</a>` : html`<code>${key}</code>`;
}

/** To the standard: the reader follows it, the page itself asks for nothing. */
export function standardLink(key: RequirementKey): Markup {
  const link = REQUIREMENTS.get(key)?.link ?? '';
  return link === '' ? html`<code>${key}</code>` : html`<a class="req" href="${link}">${key}</a>`;
}
