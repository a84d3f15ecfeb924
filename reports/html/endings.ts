/** Who closed each connection, and how. */
import type { Transcript, TranscriptEntry } from '#wire';
import { html, type Markup } from './markup.ts';

export function endings(
  connections: Transcript['connections'],
  entries: readonly TranscriptEntry[],
): Markup | undefined {
  if (connections.length === 0) return undefined;
  return html`<ul class="endings">
    ${connections.map(({ connection, label }) => {
      const ends = entries.filter((entry) => entry.connection === connection && isEnd(entry));
      const closed = entries.some((entry) => entry.connection === connection && isClosed(entry));
      return html`<li>
        <b>#${connection} ${label}</b> ${closed ? 'was closed; a browser does not tell by whom.' : sentence(ends)}
      </li>`;
    })}
  </ul>`;
}

const isEnd = ({ layer, direction, summary }: TranscriptEntry): boolean =>
  direction !== 'note' &&
  ((layer === 'tcp' && /^(?:FIN|RST|connection error)/.test(summary)) ||
    (layer === 'websocket' && /^close\b/i.test(summary)) ||
    (layer === 'mqtt' && summary.startsWith('DISCONNECT')));

/** As the browser tells it, where one was driven. */
const isClosed = ({ direction, summary }: TranscriptEntry): boolean =>
  direction === 'note' && summary === 'the socket is closed';

function sentence(ends: readonly TranscriptEntry[]): string {
  const [first, ...rest] = ends;
  if (first === undefined) return 'was still open at the end.';
  const who = first.direction === 'in' ? 'the broker' : 'the harness';
  const then = rest.map((end) => `${end.direction === 'in' ? 'broker' : 'harness'}: ${wordsOf(end)}`);
  return `ended first by ${who} at ${first.at.toFixed(1)} ms (${wordsOf(first)})${then.length === 0 ? '' : `, then ${then.join(', ')}`}.`;
}

const wordsOf = ({ summary }: TranscriptEntry): string => summary.split(',')[0] ?? summary;
