/** A value that *addresses* an event, *judges* it, and can print itself. */
import type { Inbound } from '#net';

export interface Matcher {
  /** Whether this is the event that is meant; it must then satisfy. */
  claims(event: Inbound): boolean;
  /** What is wrong with a claimed event; undefined: nothing. */
  judge(event: Inbound): string | undefined;
  print(): string;
}

/** A condition on one field. A plain value means equality. */
export interface Check<T> {
  check(value: T | undefined): boolean;
  readonly print: string;
}

export type Expected<T> = T | Check<T>;

/** One of several values. */
export function oneOfValues<T extends number | string | boolean>(...values: readonly T[]): Check<T> {
  return { check: (value) => value !== undefined && values.includes(value), print: values.map(show).join(' or ') };
}

/** A number in a range, both ends included. */
export function between(least: number, most: number): Check<number> {
  return { check: (value) => value !== undefined && value >= least && value <= most, print: `${least}…${most}` };
}

/** Present, with any value. */
// A check of `unknown` fits every field: it takes any value.
export const present: Check<unknown> = { check: (value) => value !== undefined, print: 'present' };

/** Not there at all. */
export const absent: Check<unknown> = { check: (value) => value === undefined, print: 'absent' };

const isCheck = <T>(expected: Expected<T>): expected is Check<T> =>
  typeof expected === 'object' && expected !== null && 'check' in expected;

/** What is wrong with one field; undefined: nothing. */
export function judgeField<T>(name: string, expected: Expected<T>, actual: T | undefined): string | undefined {
  const right = isCheck(expected) ? expected.check(actual) : sameValue(expected, actual);
  return right ? undefined : `${name} is ${show(actual)}, expected ${printExpected(expected)}`;
}

export function printExpected<T>(expected: Expected<T>): string {
  return isCheck(expected) ? expected.print : show(expected);
}

/** Equal by content: numbers, strings, octets, lists of them. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return a.length === b.length && a.every((octet, index) => octet === b[index]);
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, (b as unknown[])[index]));
  }
  return a === b;
}

const MOST_SHOWN = 40;

export function show(value: unknown): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string')
    return value.length > MOST_SHOWN ? `"${value.slice(0, MOST_SHOWN)}…" (${value.length})` : `"${value}"`;
  if (value instanceof Uint8Array) return showBytes(value);
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : `${value as number | boolean}`;
}

function showBytes(bytes: Uint8Array): string {
  const head = Array.from(bytes.subarray(0, MOST_SHOWN));
  const printable = head.every((octet) => octet >= 0x20 && octet < 0x7f);
  const text = printable
    ? `"${String.fromCharCode(...head)}"`
    : head
        .slice(0, 16)
        .map((octet) => octet.toString(16).padStart(2, '0'))
        .join(' ');
  return bytes.length > head.length || (!printable && bytes.length > 16) ? `${text}… (${bytes.length} bytes)` : text;
}

/** 0x9A. */
export const hexCode = (code: number): string => `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
