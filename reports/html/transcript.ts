/** The wire of one instance, from top to bottom: harness and broker, a lane per connection. */
import type { MqttVersion } from '#spec';
import type { Transcript, TranscriptEntry } from '#wire';
import { duration } from '../text.ts';
import { endings } from './endings.ts';
import { html, type Markup, type Part } from './markup.ts';
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
  const gone = new Set<number>();
  const rows = shown.map((entry, index) => {
    const before = entries[begin + index - 1];
    const delta = before === undefined ? entry.at : entry.at - before.at;
    const row = unit(entry, { index: begin + index, delta, lanes, gone, view });
    if (endsLane(entry)) gone.add(laneOf(entry, lanes));
    return html`${delta >= SILENCE_MS && silence(delta, entry)}${row}`;
  });
  const left = entries.length - shown.length + omitted;
  return html`<div class="wire lanes-${lanes}">
    <div class="wire-head" aria-hidden="true">
      <span class="at">ms</span><span class="delta">Δ</span>${laneHeads(connections, lanes)}<span class="layer"
        >layer</span
      ><span class="summary">unit</span><span class="size">bytes</span>
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
    return html`<span class="lane-head" title="${label}">#${lane + 1} ${label}</span>`;
  });
}

const laneOf = ({ connection }: TranscriptEntry, lanes: number): number => Math.min(connection, lanes);

const endsLane = ({ direction, layer, summary }: TranscriptEntry): boolean =>
  layer === 'tcp' && direction !== 'note' && /^(?:FIN|RST|connection error)/.test(summary);

function silence(delta: number, next: TranscriptEntry): Markup {
  const words = isDeadline(next) ? 'nothing came' : 'silence';
  return html`<li class="silence${delta >= 1000 && ' long'}"><span>${duration(delta)}: ${words}</span></li>`;
}

const isDeadline = ({ layer, summary }: TranscriptEntry): boolean =>
  layer === 'harness' && summary.startsWith('deadline');

const LAYERS = { tcp: 'TCP', tls: 'TLS', http: 'HTTP', websocket: 'WS', mqtt: 'MQTT', harness: '' } as const;
const WAYS = { out: 'sent', in: 'received', note: '' } as const;

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
  const classes = [
    direction,
    `l-${layer}`,
    ...(marked ? ['marked'] : []),
    ...(isDeadline(entry) ? ['deadline'] : []),
    ...(content === undefined ? [] : ['opens']),
  ];
  const line: Part = html`<span class="at">${at.toFixed(1)}</span
    ><span class="delta">+${delta.toFixed(1)}</span>${laneCells(entry, lanes, gone)}<span class="layer"
      >${LAYERS[layer] !== '' && html`<b>${LAYERS[layer]}</b>`}</span
    ><span class="summary"
      ><span class="sr">${WAYS[direction]} </span
      >${summary}${marked && html` <em>${violation?.message ?? view.decisiveWords}</em>`}</span
    ><span class="size">${size}</span>`;
  if (content === undefined) return html`<li class="${classes.join(' ')}"><div class="line">${line}</div></li>`;
  const lazy = typeof content === 'string' ? content : undefined;
  return html`<li class="${classes.join(' ')}"><details${decisive && html` open`}${lazy !== undefined && html` data-lazy="${lazy}"`}><summary class="line">${line}</summary>${lazy === undefined ? content : undefined}</details></li>`;
}

function laneCells(entry: TranscriptEntry, lanes: number, gone: ReadonlySet<number>): Markup[] {
  const own = entry.connection === 0 ? 0 : laneOf(entry, lanes);
  return Array.from({ length: lanes }, (_, index) => {
    const lane = index + 1;
    const arrow = lane === own && entry.direction !== 'note' ? html`<u></u>` : undefined;
    return html`<i class="lane${gone.has(lane) && ' gone'}${lane === own && ` own`}">${arrow}</i>`;
  });
}
