/** A thing and what there is to say about it, label by label. */
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';
import { displayWidth, padRight, spread, wrap } from './width.ts';

export interface SheetLine {
  /** Said once where several lines in a row have the same. */
  readonly label: string;
  readonly text: string;
}

export interface Sheet {
  readonly heading: string;
  readonly tag: string;
  readonly lines: readonly SheetLine[];
}

const INDENT = 2;
const LABEL = 13;

export function renderSheet(sheet: Sheet, paint: Paint): string {
  const width = Math.min(paint.style.width, 120);
  const heading = spread(` ${visible(sheet.heading)}`, sheet.tag, width);
  const body = sheet.lines.flatMap(({ label, text }, index) => {
    const shown = sheet.lines[index - 1]?.label === label ? '' : label;
    return wrap(visible(text), Math.max(20, width - INDENT - LABEL)).map((line, part) => {
      const head = `${' '.repeat(INDENT)}${padRight(part === 0 ? shown : '', LABEL)}`;
      return `${paint.dim(head)}${line}`;
    });
  });
  return paint.finish([paint.bold(heading), ...body, ''].join('\n'));
}

/** Columns as wide as their widest cell; the last runs free. */
export function renderTable(rows: readonly (readonly string[])[], paint: Paint): string {
  const widths = rows.reduce<number[]>((widest, row) => {
    row.forEach((cell, column) => (widest[column] = Math.max(widest[column] ?? 0, displayWidth(visible(cell)))));
    return widest;
  }, []);
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? visible(cell) : padRight(visible(cell), widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return paint.finish(lines.map((line) => `${line}\n`).join(''));
}
