/** Reads the terms of a selection. */
import { SelectionError } from './errors.ts';

export interface Term {
  /** `suite`, `id`, …; `word` for free words. */
  readonly key: string;
  /** Lower case; one of them is enough. */
  readonly values: readonly string[];
  readonly negated: boolean;
}

/** Bare ids of requirements select as `req:` does: `MQTT-3.1.0-2`, `[5.0/R-3.3.4-1]`, `ws/upgrade/accept-key`. */
const REQUIREMENT = /^((3\.1\.1|5\.0)\/)?(mqtt|r)-[\d.*]|^(ws|tls|cert)\//i;

/** A value in quotes may hold blanks: `"second connect"`, `id:"a b"`. */
const WORD = /(!?)((?:[^\s"]|"[^"]*")+)/g;

export function parseTerms(text: string): Term[] {
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) {
    throw new SelectionError('SELECTION_INVALID', 'a quotation mark is not closed', 'close it, or leave it out');
  }
  return [...text.matchAll(WORD)].map(([, mark = '', word = '']) => term(word, mark === '!'));
}

function term(word: string, negated: boolean): Term {
  const quoted = word.startsWith('"');
  const colon = quoted ? -1 : word.indexOf(':');
  const key = word.slice(0, Math.max(0, colon)).toLowerCase();
  const value = plain(word.slice(colon + 1));
  if (/^[a-z]+$/.test(key)) {
    const values = value.split(',').filter((one) => one !== '');
    if (values.length > 0) return { key, values, negated };
    throw new SelectionError(
      'SELECTION_INVALID',
      `"${key}:" has no value`,
      `for example ${key}:${EXAMPLES[key] ?? '…'}`,
    );
  }
  const bare = plain(word).replace(/^\[(.*)\]$/, '$1');
  if (!quoted && REQUIREMENT.test(bare)) return { key: 'req', values: [bare], negated };
  return { key: 'word', values: [plain(word)], negated };
}

const plain = (text: string): string => text.replaceAll('"', '').toLowerCase();

const EXAMPLES: Readonly<Record<string, string>> = {
  suite: 'connect',
  id: 'connect/*',
  req: '5.0/MQTT-3.1.*',
  level: 'must',
  v: 'fail',
  mqtt: '5.0',
  over: 'ws',
  needs: 'retain',
};
