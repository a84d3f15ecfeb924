import type { FieldData, OctetsData } from './wire-data.ts';

/** Bytes as a dump beside the fields that they are; each marks the other. */
export function octetsMarkup({ h, n, f, r, t }: OctetsData, escape: (text: string) => string): string {
  const perLine = 8;
  const hexOf = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const isInside = (offset: number | undefined, [, from, length]: FieldData): boolean =>
    offset !== undefined && offset >= from && offset < from + length;

  const rule = ([message, offset]: OctetsData['r'][number]): string =>
    `<p class="rule">${offset === undefined ? '' : `byte ${offset}: `}${escape(message)}</p>`;

  const fieldTable = (): string => {
    const rows = f.map((field, index) => {
      const [name, offset, length, value, nested] = field;
      const bad = r.filter(([, at]) => {
        const around = f.filter((one) => isInside(at, one));
        return isInside(at, field) && length === Math.min(...around.map((one) => one[2]));
      });
      const span = length <= 1 ? String(offset) : `${offset}–${offset + length - 1}`;
      const said = bad.map(([message]) => ` <em>${escape(message)}</em>`).join('');
      return `<tr tabindex="0" data-f="${index}"${bad.length > 0 ? ' class="bad"' : ''}><th scope="row"${nested === 1 ? ' class="nested"' : ''}>${escape(name)}</th><td class="at">${span}</td><td>${escape(value)}${said}</td></tr>`;
    });
    const head = '<tr><th scope="col">field</th><th scope="col" class="at">bytes</th><th scope="col">value</th></tr>';
    const table = `<table><caption class="sr">Fields</caption><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`;
    const homeless = r.filter(([, offset]) => !f.some((field) => isInside(offset, field)));
    if (rows.length + homeless.length === 0) return '';
    return `<div class="fields">${rows.length > 0 ? table : ''}${homeless.map(rule).join('')}</div>`;
  };

  const dump = (): string => {
    const count = h.length / 2;
    const byteAt = (at: number): number => Number.parseInt(h.slice(at * 2, at * 2 + 2), 16);
    /** By byte: indexes of the fields around it, and `!` where a rule is broken. */
    const marks = Array.from({ length: count }, () => '');
    for (const [index, [, offset, length]] of f.entries()) {
      for (let at = offset; at < Math.min(count, offset + length); at += 1) {
        marks[at] = marks[at] === '' ? String(index) : `${marks[at]} ${index}`;
      }
    }
    for (const [, offset = count] of r) if (offset < count) marks[offset] += '!';
    /** Neighbours in the same fields share one element. */
    const group = (from: number, to: number, write: (byte: number) => string, separator: string): string => {
      const parts: string[] = [];
      for (let at = from, end; at < to; at = end) {
        const mark = marks[at] ?? '';
        end = at + 1;
        while (end < to && marks[end] === mark) end += 1;
        const bytes = Array.from({ length: end - at }, (_, index) => write(byteAt(at + index)));
        const text = escape(bytes.join(separator));
        const bad = mark.includes('!') ? ' class="bad"' : '';
        parts.push(mark === '' ? text : `<b data-f="${mark.replaceAll('!', '')}"${bad}>${text}</b>`);
      }
      return parts.join(separator);
    };
    const printable = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');
    let text = '';
    for (let at = 0; at < count; at += perLine) {
      const end = Math.min(at + perLine, count);
      const pad = ' '.repeat((perLine - (end - at)) * 3);
      text += `<i>${hexOf(at, 4)}</i>  ${group(at, end, (byte) => hexOf(byte, 2), ' ')}${pad}  ${group(at, end, printable, '')}\n`;
    }
    const rest = n > count ? `<i>… ${count} of ${n} bytes</i>\n` : '';
    return `<pre class="hex" tabindex="0" aria-label="Bytes in hexadecimal">${text}${rest}</pre>`;
  };

  if (t !== undefined) {
    return `<pre class="http" tabindex="0" aria-label="HTTP head">${escape(t)}</pre>${r.map(rule).join('')}`;
  }
  return `<div class="octets">${fieldTable()}${dump()}</div>`;
}
