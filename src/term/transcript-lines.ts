/** What went over the wire, one line a unit: `1.3 ms  ← CONNACK   0x00 Success`. */
import { decodeBase64, type Transcript, type TranscriptEntry } from '#wire';
import { hexLines } from './hex.ts';
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';
import { fit, padRight } from './width.ts';

export interface TranscriptView {
  /** Index of the entry that decides, and what is said beside it. */
  readonly marked?: { readonly entry: number; readonly words: string };
  /** Hide HTTP and data frames, which only carry the MQTT packets. */
  readonly packetsOnly: boolean;
  readonly octets: boolean;
  /** At most so many units; those before the marked one are kept. */
  readonly limit: number;
}

const ARROWS = { out: '→', in: '←', note: ' ' } as const;
const TIME = 10;
const LANE = 4;

export function transcriptLines(transcript: Transcript, view: TranscriptView, paint: Paint): string[] {
  const chosen = transcript.entries
    .map((entry, index) => ({ entry, index }))
    .filter(({ entry, index }) => index === view.marked?.entry || isShown(entry, view));
  const end = endOf(
    chosen.map(({ index }) => index),
    view,
  );
  const begin = Math.max(0, end - view.limit);
  const lanes = transcript.connections.length > 1;
  const lines = chosen.slice(begin, end).flatMap(({ entry, index }) => unitLines(entry, index, lanes, view, paint));
  const after = chosen.length - end + transcript.omitted;
  return [
    ...(begin > 0 ? [paint.dim(`${' '.repeat(TIME)}     … ${begin} earlier`)] : []),
    ...lines,
    ...(after > 0 ? [paint.dim(`${' '.repeat(TIME)}     … ${after} more`)] : []),
  ];
}

/** The marked unit is the last but two, so that what came of it is seen. */
function endOf(indexes: readonly number[], view: TranscriptView): number {
  const marked = view.marked === undefined ? -1 : indexes.indexOf(view.marked.entry);
  return marked < 0 || indexes.length <= view.limit ? indexes.length : Math.min(indexes.length, marked + 3);
}

function isShown(entry: TranscriptEntry, { packetsOnly }: TranscriptView): boolean {
  if (!packetsOnly || entry.violation !== undefined) return true;
  if (entry.layer === 'websocket') return /^(close|ping|pong)/i.test(entry.summary);
  return entry.layer !== 'http';
}

function unitLines(
  entry: TranscriptEntry,
  index: number,
  lanes: boolean,
  view: TranscriptView,
  paint: Paint,
): string[] {
  const marked = view.marked?.entry === index;
  const time = `${entry.at.toFixed(1)} ms`.padStart(TIME + 3);
  const lane = lanes ? padRight(entry.connection === 0 ? '' : `#${entry.connection}`, LANE) : '';
  const head = `${time}  ${lane}${ARROWS[entry.direction]} `;
  const words = marked ? `    ← ${visible(view.marked?.words ?? '')}` : '';
  const room = Math.max(24, paint.style.width - head.length - words.length);
  const summary = fit(summaryOf(entry), room);
  const line = marked ? paint.red(`${head}${summary}${words}`) : `${paint.dim(head)}${summary}`;
  return view.octets ? [line, ...octetLines(entry, paint)] : [line];
}

/** Names of packets in a column of their own. */
function summaryOf(entry: TranscriptEntry): string {
  const summary = visible(entry.summary);
  const [name = '', ...rest] = summary.split(' ');
  if (entry.layer !== 'mqtt' || name !== name.toUpperCase()) return summary;
  return `${padRight(name, 11)} ${rest.join(' ').trimStart()}`.trimEnd();
}

function octetLines(entry: TranscriptEntry, paint: Paint): string[] {
  if (entry.bytes === undefined) return [];
  const lines = hexLines(decodeBase64(entry.bytes) ?? new Uint8Array(0));
  if (entry.cut === true) lines.push(`… of ${entry.size ?? 'more'} octets`);
  return lines.map((line) => paint.dim(`${' '.repeat(TIME + 7)}${line}`));
}
