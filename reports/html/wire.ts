/** The transcript of one instance as the page keeps it: lines, and bytes taken apart. */
import type { InstanceResult } from '#results';
import type { TranscriptEntry } from '#wire';
import { decisiveFinding } from '../proof.ts';
import { duration, visible } from '../text.ts';
import { escapeText } from './client/escape-text.ts';
import { octetsMarkup } from './client/octets-markup.ts';
import type { OctetsData, UnitData, WireData } from './client/wire-data.ts';
import { wireMarkup } from './client/wire-markup.ts';
import { endings } from './endings.ts';
import { raw, type Markup } from './markup.ts';
import { unitOctets } from './unit-octets.ts';

/** Units of one transcript: those around the one that decides. */
const MOST_UNITS = 200;
/** Where they are written into the page. */
const MOST_IN_PAGE = 60;
/** Units after the one that decides. */
const AFTERMATH = 4;

export const hasWire = (one: InstanceResult | undefined): one is InstanceResult =>
  one?.transcript !== undefined && one.transcript.entries.length > 0;

export function wireData(one: InstanceResult, most = MOST_UNITS): WireData {
  const { connections = [], entries = [], omitted = 0 } = one.transcript ?? {};
  const decisive = decisiveFinding(one);
  const at = decisive?.entry;
  const [begin, end] = windowOf(entries.length, at, most);
  const words = decisive?.evidence === 'deadline' ? 'nothing came' : 'here';
  return {
    lanes: connections.map(({ label }) => visible(label)),
    units: entries
      .slice(begin, end)
      .map((entry, index) => unitData(entry, entry.violation?.message ?? (begin + index === at ? words : undefined))),
    open: [...new Set(entries.slice(0, begin).map(({ connection }) => connection))],
    since: rounded(entries[begin - 1]?.at ?? 0),
    before: begin,
    after: entries.length - end + omitted,
    ...(at === undefined || at < begin || at >= end ? {} : { decides: at - begin }),
    ends: endings(connections, entries)?.text ?? '',
  };
}

/** The bytes of the units that `wireData` has. */
export function wireOctets(one: InstanceResult): (OctetsData | null)[] {
  const entries = one.transcript?.entries ?? [];
  const [begin, end] = windowOf(entries.length, decisiveFinding(one)?.entry, MOST_UNITS);
  return entries.slice(begin, end).map((entry) => unitOctets(entry, one.version ?? '5.0') ?? null);
}

/** Written into the page: lines, and the bytes of what is marked; the others are unfolded from `place`. */
export function wireInPage(one: InstanceResult, place: string): Markup {
  const data = wireData(one, MOST_IN_PAGE);
  const [begin] = windowOf(one.transcript?.entries.length ?? 0, decisiveFinding(one)?.entry, MOST_UNITS);
  const opened = (index: number, marked: boolean): readonly [string, string] | undefined => {
    const entry = one.transcript?.entries[data.before + index];
    if (entry?.bytes === undefined || entry.bytes === '') return undefined;
    if (!marked) return [` data-octets="${place}/${data.before - begin + index}"`, ''];
    const octets = unitOctets(entry, one.version ?? '5.0');
    return octets && [index === data.decides ? ' open' : '', octetsMarkup(octets, escapeText)];
  };
  return raw(wireMarkup(data, { escape: escapeText, duration, opened }));
}

function unitData(entry: TranscriptEntry, mark: string | undefined): UnitData {
  const { at, connection, direction, layer, summary, size } = entry;
  const unit = [rounded(at), connection, direction, layer, visible(summary)] as const;
  if (mark !== undefined) return [...unit, size ?? null, visible(mark)];
  return size === undefined ? unit : [...unit, size];
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;

function windowOf(count: number, decisive: number | undefined, most: number): readonly [number, number] {
  if (count <= most) return [0, count];
  const end = Math.min(count, Math.max(most, (decisive ?? count) + AFTERMATH));
  return [end - most, end];
}
