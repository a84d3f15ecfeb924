import { latin1Bytes } from './latin1.ts';

/** How a head may be made wrong on purpose; shared by requests and responses. */
export interface HeadChanges {
  /**
   * By name, in any case: another value, several (one line each), or null to leave the field out. A name that
   * is not there yet is added at the end. The spelling used here is the one that is sent.
   */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Names in the order in which they come first; the others follow. */
  readonly order?: readonly string[];
  /** Whole lines behind the fields, as they are. */
  readonly rawLines?: readonly string[];
  /** Instead of the first line. */
  readonly startLine?: string;
  /** Default CR LF. */
  readonly lineEnd?: '\r\n' | '\n';
}

type Field = readonly [name: string, value: string];

/** The bytes of a head: the first line, the fields with their changes, an empty line. */
export function buildHead(startLine: string, fields: readonly Field[], changes: HeadChanges): Uint8Array {
  const lineEnd = changes.lineEnd ?? '\r\n';
  const lines = ordered(changed(fields, changes.headers ?? {}), changes.order ?? []).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const all = [changes.startLine ?? startLine, ...lines, ...(changes.rawLines ?? []), '', ''];
  return latin1Bytes(all.join(lineEnd));
}

function changed(fields: readonly Field[], changes: NonNullable<HeadChanges['headers']>): Field[] {
  const left = new Map(Object.entries(changes).map((entry) => [entry[0].toLowerCase(), entry]));
  const result: Field[] = [];
  for (const field of fields) {
    const change = left.get(field[0].toLowerCase());
    if (change === undefined) result.push(field);
    else result.push(...asFields(change));
    left.delete(field[0].toLowerCase());
  }
  for (const change of left.values()) result.push(...asFields(change));
  return result;
}

function asFields([name, value]: [string, string | readonly string[] | null]): Field[] {
  if (value === null) return [];
  return (typeof value === 'string' ? [value] : value).map((each) => [name, each] as const);
}

function ordered(fields: readonly Field[], order: readonly string[]): Field[] {
  const first = order.map((name) => name.toLowerCase());
  const rank = ([name]: Field): number => {
    const index = first.indexOf(name.toLowerCase());
    return index === -1 ? first.length : index;
  };
  return [...fields].sort((a, b) => rank(a) - rank(b));
}
