/** The wire of one instance, from top to bottom: harness and broker, a lane per connection. */
import type { MqttVersion } from '#spec';
import type { Transcript, TranscriptEntry } from '#wire';
import { duration } from '../text.ts';
import { endings } from './endings.ts';
import { html, raw, type Markup } from './markup.ts';
import { unitOctets } from './unit-octets.ts';

export interface TranscriptView {
  readonly version: MqttVersion;
  /** Index of the entry that decides. */
  readonly decisive?: number;
  readonly decisiveWords: string;
  readonly units: number;
  /** Where the bytes of a unit go: into the page, into a pack (its place is given), nowhere. */
  readonly place: (index: number, marked: boolean, octets: Markup) => Markup | string | undefined;
}

/** Lanes that are drawn; connections beyond share the last one. */
const MOST_LANES = 8;
/** Milliseconds between two units from which a silence is drawn. */
const SILENCE_MS = 100;

export function transcript({ connections, entries, omitted }: Transcript, view: TranscriptView): Markup {
  const lanes = Math.max(1, Math.min(MOST_LANES, connections.length));
  const [begin, end] = windowOf(entries.length, view);
  const shown = entries.slice(begin, end);
  // A lane is drawn from its first unit to its last.
  const open = new Set(entries.slice(0, begin + 1).map((entry) => laneOf(entry, lanes)));
  const gone = new Set(Array.from({ length: lanes }, (_, index) => index + 1).filter((lane) => !open.has(lane)));
  const rows = shown.map((entry, index) => {
    const before = entries[begin + index - 1];
    const delta = before === undefined ? entry.at : entry.at - before.at;
    gone.delete(laneOf(entry, lanes));
    const row = unit(entry, { index: begin + index, delta, lanes, gone, view });
    if (endsLane(entry) && !goesOn(entries, begin + index, lanes)) gone.add(laneOf(entry, lanes));
    return html`${delta >= SILENCE_MS && silence(delta, entry)}${row}`;
  });
  const left = entries.length - shown.length + omitted;
  return html`<div class="wire lanes-${lanes}">
    <div class="wire-head" aria-hidden="true">
      <span>ms</span><span>Δ</span>${laneHeads(connections, lanes)}<span></span><span></span><span>bytes</span>
    </div>
    <ol>
      ${begin > 0 && html`<li class="more">${begin} earlier units are in the results file</li>`}${rows}
      ${left - begin > 0 && html`<li class="more">${left - begin} more units are in the results file or were not kept</li>`}
    </ol>
    ${endings(connections, entries)}
  </div>`;
}

function windowOf(count: number, { decisive, units }: TranscriptView): readonly [number, number] {
  if (count <= units) return [0, count];
  const end = Math.min(count, Math.max(units, (decisive ?? count) + 4));
  return [end - units, end];
}

function laneHeads(connections: Transcript['connections'], lanes: number): Markup[] {
  return Array.from({ length: lanes }, (_, lane) => {
    const label = connections[lane]?.label ?? '';
    return html`<span class="lane" title="${label}">#${lane + 1}</span>`;
  });
}

const laneOf = ({ connection }: TranscriptEntry, lanes: number): number => Math.min(connection, lanes);

const endsLane = ({ direction, layer, summary }: TranscriptEntry): boolean =>
  layer === 'tcp' && direction !== 'note' && /^(?:FIN|RST|connection error)/.test(summary);

/** Both sides end a connection; the second end is drawn too. */
const goesOn = (entries: readonly TranscriptEntry[], index: number, lanes: number): boolean =>
  entries.slice(index + 1).some((later) => laneOf(later, lanes) === laneOf(entries[index] as TranscriptEntry, lanes));

function silence(delta: number, next: TranscriptEntry): Markup {
  const words = isDeadline(next) ? 'nothing came' : 'silence';
  return html`<li class="silence${delta >= 1000 && ' long'}"><span>${duration(delta)}: ${words}</span></li>`;
}

const isDeadline = ({ layer, summary }: TranscriptEntry): boolean =>
  layer === 'harness' && summary.startsWith('deadline');

const LAYERS = { tcp: 'TCP', tls: 'TLS', http: 'HTTP', websocket: 'WS', mqtt: 'MQTT', harness: '' } as const;

interface UnitPlace {
  readonly index: number;
  readonly delta: number;
  readonly lanes: number;
  readonly gone: ReadonlySet<number>;
  readonly view: TranscriptView;
}

function unit(entry: TranscriptEntry, { index, delta, lanes, gone, view }: UnitPlace): Markup {
  const { at, direction, layer, summary, size, violation } = entry;
  const decisive = index === view.decisive;
  const marked = decisive || violation !== undefined;
  const octets = unitOctets(entry, view.version);
  const content = octets && view.place(index, marked, octets);
  const classes = [direction, layer, ...(marked ? ['marked'] : []), ...(isDeadline(entry) ? ['deadline'] : [])].join(
    ' ',
  );
  const note = marked && html` <em>${violation?.message ?? view.decisiveWords}</em>`;
  const line = html`<var>${at.toFixed(1)}</var><small>+${delta.toFixed(1)}</small>${laneCells(entry, lanes, gone)}<b
      >${LAYERS[layer]}</b
    ><span>${summary}${note}</span><var>${size}</var>`;
  if (content === undefined) return html`<li class="${classes}"><div>${line}</div></li>`;
  if (typeof content === 'string') {
    return html`<li class="${classes}">
      <details data-lazy="${content}"><summary>${line}</summary></details>
    </li>`;
  }
  return html`<li class="${classes}"><details${decisive && raw(' open')}><summary>${line}</summary>${content}</details></li>`;
}

const ARROWS = { out: '→', in: '←', note: '' } as const;

function laneCells(entry: TranscriptEntry, lanes: number, gone: ReadonlySet<number>): Markup[] {
  const own = entry.connection === 0 || entry.direction === 'note' ? 0 : laneOf(entry, lanes);
  return Array.from({ length: lanes }, (_, index) => {
    if (index + 1 === own) return html`<i>${ARROWS[entry.direction]}</i>`;
    return html`<i class="${gone.has(index + 1) && 'gone'}"></i>`;
  });
}
