import { REQUIREMENTS, type RequirementKey } from '#spec';
import { html, type Markup } from './markup.ts';

/** A key, leading to the standard; the reader follows it, the page itself asks for nothing. */
export function requirementLink(key: RequirementKey): Markup {
  const link = REQUIREMENTS.get(key)?.link ?? '';
  return link === ''
    ? html`<code>${key}</code>`
    : html`<a class="req" href="${link}" rel="noreferrer" target="_blank"><code>${key}</code></a>`;
}
