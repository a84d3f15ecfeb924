/** Bytes as a dump beside the fields that they are; each marks the other. */
import { escapeMarkup } from '../text.ts';
import { html, raw, type Markup } from './markup.ts';

export interface ShownField {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly value: string;
  /** Inside another field. */
  readonly nested?: boolean;
}

export interface Broken {
  readonly requirement: string;
  readonly message: string;
  readonly offset?: number;
}

export interface ShownOctets {
  readonly bytes: Uint8Array;
  readonly fields: readonly ShownField[];
  readonly broken: readonly Broken[];
  /** Of the whole unit, where `bytes` is its beginning. */
  readonly size?: number;
}

const PER_LINE = 8;
/** Bytes of one unit that are dumped. */
const MOST_BYTES = 256;

export function octets(shown: ShownOctets): Markup {
  return html`<div class="octets">${fieldTable(shown)}${dump(shown)}</div>`;
}

function fieldTable({ fields, broken }: ShownOctets): Markup | undefined {
  if (fields.length === 0 && broken.length === 0) return undefined;
  const rows = fields.map((field, index) => {
    const bad = broken.filter(({ offset }) => isInside(offset, field) && isInnermost(offset, index, fields));
    return html`<tr tabindex="0" data-f="${index}" class="${bad.length > 0 && 'bad'}">
      <th scope="row" class="${field.nested && 'nested'}">${field.name}</th>
      <td class="at">${span(field)}</td>
      <td>${field.value}${bad.map(({ message }) => html` <em>${message}</em>`)}</td>
    </tr>`;
  });
  const homeless = broken.filter(({ offset }) => !fields.some((field) => isInside(offset, field)));
  return html`<div class="fields">
    ${
      rows.length > 0 &&
      html`<table>
        <caption class="sr">
          Fields
        </caption>
        <thead>
          <tr>
            <th scope="col">field</th>
            <th scope="col" class="at">bytes</th>
            <th scope="col">value</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`
    }${homeless.map(({ message, offset }) => html`<p class="rule">${offset !== undefined && `byte ${offset}: `}${message}</p>`)}
  </div>`;
}

const isInside = (offset: number | undefined, field: ShownField): boolean =>
  offset !== undefined && offset >= field.offset && offset < field.offset + field.length;

function isInnermost(offset: number | undefined, index: number, fields: readonly ShownField[]): boolean {
  const around = fields.filter((field) => isInside(offset, field));
  const least = Math.min(...around.map(({ length }) => length));
  return fields[index]?.length === least;
}

const span = ({ offset, length }: ShownField): string =>
  length <= 1 ? String(offset) : `${offset}–${offset + length - 1}`;

interface Run {
  readonly marks: string;
  readonly bytes: number[];
}

/** Every blank counts here: put together as text. */
function dump({ bytes, fields, broken, size }: ShownOctets): Markup {
  const shown = bytes.subarray(0, MOST_BYTES);
  const marks = marksOf(shown.length, fields, broken);
  let text = '';
  for (let at = 0; at < shown.length; at += PER_LINE) {
    const end = Math.min(at + PER_LINE, shown.length);
    const runs = runsOf(shown, at, end, marks);
    const pad = ' '.repeat((PER_LINE - (end - at)) * 3);
    text += `<i>${hex(at, 4)}</i>  ${group(runs, (byte) => hex(byte, 2), ' ')}${pad}  ${group(runs, printable, '')}\n`;
  }
  const total = size ?? bytes.length;
  if (total > shown.length) text += `<i>… ${shown.length} of ${total} bytes</i>\n`;
  return html`<pre class="hex" tabindex="0" aria-label="Bytes in hexadecimal">${raw(text)}</pre>`;
}

/** Neighbours in the same fields share one element. */
function runsOf(bytes: Uint8Array, from: number, to: number, marks: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (let at = from; at < to; at += 1) {
    const last = runs.at(-1);
    if (last?.marks === marks[at]) last?.bytes.push(bytes[at] as number);
    else runs.push({ marks: marks[at] ?? '', bytes: [bytes[at] as number] });
  }
  return runs;
}

/** By byte: indexes of the fields around it, and `!` where a rule is broken. */
function marksOf(length: number, fields: readonly ShownField[], broken: readonly Broken[]): string[] {
  const marks = Array.from({ length }, () => '');
  for (const [index, field] of fields.entries()) {
    const end = Math.min(length, field.offset + field.length);
    for (let at = field.offset; at < end; at += 1)
      marks[at] = marks[at] === '' ? String(index) : `${marks[at]} ${index}`;
  }
  for (const { offset = length } of broken) if (offset < length) marks[offset] += '!';
  return marks;
}

function group(runs: readonly Run[], write: (byte: number) => string, separator: string): string {
  return runs
    .map(({ marks, bytes }) => {
      const text = escapeMarkup(bytes.map(write).join(separator));
      if (marks === '') return text;
      const bad = marks.includes('!');
      return `<b data-f="${bad ? marks.replaceAll('!', '') : marks}"${bad ? ' class="bad"' : ''}>${text}</b>`;
    })
    .join(separator);
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

const printable = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');
