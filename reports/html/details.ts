/** What the file has room for beside its first page, most important first; what it has not is said. */
import type { InstanceResult } from '#results';
import { casePage } from './case-page.ts';
import { html, NOTHING, type Markup } from './markup.ts';
import { isNotable, type Model, type Row } from './model.ts';
import { Packs, type Packed } from './packs.ts';
import { hasWire, wireData, wireOctets } from './wire.ts';

export interface Details {
  /** Says what was left out. */
  readonly note: Markup;
  /** Of failing cases, to be read without script. */
  readonly pages: readonly Markup[];
  readonly packs: string;
}

/** Bytes of the note. */
const NOTE = 800;
/** However large the first page is. */
const LEAST_SHARE = 0.2;
/** Of the room, at least, for pages of failing cases. */
const PLAIN_SHARE = 0.4;
/** Bytes of an instance in the packs, without transcript and bytes. */
const PACKED_INSTANCE = 350;

export function detailsOf({ rows, columns }: Model, maximumSize: number, frame: number): Details {
  const room = Math.max(maximumSize - frame - NOTE, maximumSize * LEAST_SHARE);
  const notable = rows.filter(({ instances }) => instances.some(isNotable));
  const pages: Markup[] = [];
  let used = 0;
  const addPlain = (most: number): void => {
    for (const row of notable.slice(pages.length)) {
      const page = casePage(row, { columns, plain: true });
      const size = Buffer.byteLength(page.text);
      if (used + size > most) return;
      used += size;
      pages.push(page);
    }
  };
  addPlain(Math.max(room * PLAIN_SHARE, room - rows.length * columns.length * PACKED_INSTANCE));
  const plain = new Set(notable.slice(0, pages.length));
  const packs = new Packs(room - used);

  const fill = (kind: string, chosen: readonly Row[], contentOf: (row: Row) => unknown): Packed =>
    packs.fill(
      kind,
      chosen.map(({ index }) => index),
      (index) => contentOf(rows[index] as Row),
    );
  /** Of instances with a transcript, by column. */
  const wires = (
    kind: string,
    wanted: (one: InstanceResult, row: Row) => boolean,
    of: (one: InstanceResult) => unknown,
  ) => {
    const has = (row: Row, one: InstanceResult | undefined): one is InstanceResult => hasWire(one) && wanted(one, row);
    return fill(
      kind,
      rows.filter((row) => row.instances.some((one) => has(row, one))),
      (row) => Object.fromEntries(row.instances.flatMap((one, column) => (has(row, one) ? [[column, of(one)]] : []))),
    );
  };

  const packed = fill(
    'page',
    rows.filter((row) => !plain.has(row)),
    (row) => casePage(row, { columns, plain: false }).text,
  );
  const failing = wires('wire-notable', (one, row) => isNotable(one) && !plain.has(row), wireData);
  const failingOctets = wires('octets-notable', isNotable, wireOctets);
  // Before anything of passes: more of them, which are in the packs, too.
  const before = used;
  addPlain(used + packs.left);
  packs.take(used - before);
  const others = wires('wire-other', (one) => !isNotable(one), wireData);
  const otherOctets = wires('octets-other', (one) => !isNotable(one), wireOctets);
  const said = [
    pages.length < notable.length &&
      `Only ${pages.length} of ${notable.length} cases to look at can be read without JavaScript.`,
    packed.leftOut > 0 && `Pages of ${packed.leftOut} of ${rows.length} cases are left out.`,
    failing.leftOut > 0 && `Transcripts of ${failing.leftOut} of ${notable.length} cases to look at are left out.`,
    failingOctets.leftOut > 0 &&
      `Bytes of ${partOf(failingOctets)} cases to look at are left out, but for the units that decide.`,
    others.leftOut > 0
      ? `Transcripts of ${partOf(others)} passing cases are left out.`
      : otherOctets.leftOut > 0 && `Bytes of ${partOf(otherOctets)} passing cases are left out.`,
  ].filter((one) => one !== false);
  const note =
    said.length === 0
      ? NOTHING
      : html`<p class="note"><b>To keep this file small:</b> ${said.join(' ')} The results file (JSON) has all.</p>`;
  return { note, pages, packs: packs.elements };
}

const partOf = ({ kept, leftOut }: Packed): string => (kept === 0 ? 'all' : `${leftOut} of ${kept + leftOut}`);
