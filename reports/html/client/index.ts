/**
 * The script of the page. Its functions are written into it as their own source, so that no bundler is needed: each of them
 * gets what it uses as parameters, and names nothing else that isn't the browser's.
 */
import { casesOf } from './cases.ts';
import { addCopyButtons } from './copy-buttons.ts';
import { copying } from './copying.ts';
import { escapeText } from './escape-text.ts';
import { folding } from './folding.ts';
import { keyboard } from './keyboard.ts';
import { main, type Parts } from './main.ts';
import { octetsMarkup } from './octets-markup.ts';
import { parseFilter } from './selection.ts';
import { statesOf } from './state.ts';
import { tableOf } from './table.ts';
import { unpacker } from './unpack.ts';
import { wireMarkup } from './wire-markup.ts';
import { duration } from '../../text.ts';

const PARTS: Parts = {
  addCopyButtons,
  casesOf,
  copying,
  duration,
  escapeText,
  folding,
  keyboard,
  octetsMarkup,
  parseFilter,
  statesOf,
  tableOf,
  unpacker,
  wireMarkup,
};

export function clientScript(): string {
  const parts = Object.entries(PARTS).map(([name, part]) => `${name}: ${String(part)}`);
  return `'use strict';\n(${String(main)})(window, {\n${parts.join(',\n')}\n});`;
}
