/**
 * The script of the page. Its functions are written into it as their own source, so that no bundler is needed: each of them
 * gets what it uses as parameters, and names nothing else that isn't the browser's.
 */
import { casesOf } from './cases.ts';
import { addCopyButtons } from './copy-buttons.ts';
import { copying } from './copying.ts';
import { folding } from './folding.ts';
import { keyboard } from './keyboard.ts';
import { main, type Parts } from './main.ts';
import { parseFilter } from './selection.ts';
import { statesOf } from './state.ts';
import { tableOf } from './table.ts';
import { unpacker } from './unpack.ts';

const PARTS: Parts = {
  addCopyButtons,
  casesOf,
  copying,
  folding,
  keyboard,
  parseFilter,
  statesOf,
  tableOf,
  unpacker,
};

export function clientScript(): string {
  const parts = Object.entries(PARTS).map(([name, part]) => `${name}: ${String(part)}`);
  return `'use strict';\n(${String(main)})(window, {\n${parts.join(',\n')}\n});`;
}
