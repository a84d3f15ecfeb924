/** What pages of a browser looked like; in the file itself, as nothing is loaded. */
import type { InstanceResult } from '#results';
import { html, NOTHING, type Markup } from './markup.ts';

export function pictures({ pictures = [] }: InstanceResult): Markup {
  if (pictures.length === 0) return NOTHING;
  return html`<h4>In the browser</h4>
    ${pictures.map(
      ({ title, mediaType, data }) =>
        html`<figure class="picture">
          <img src="data:${mediaType};base64,${data}" alt="${title}: the page when the case ended" />
          <figcaption class="dim">${title}, when the case ended</figcaption>
        </figure>`,
    )}`;
}
