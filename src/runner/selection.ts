/**
 * The selection grammar of command line, report and baseline: terms with blanks between them, all of which must hold;
 * of several terms with the same key one is enough; `!` in front excludes. Pure, so that a page can run it too.
 */
import { nearest } from '#target';
import { SelectionError } from './errors.ts';
import { parseTerms, type Term } from './selection-terms.ts';

/** What a selection is asked about: an instance, with its result where there is one. */
export interface Selectable {
  /** `connect/second-connect`. */
  readonly id: string;
  /** `connect/second-connect@5.0/ws`. */
  readonly instance: string;
  readonly suite: string;
  readonly title: string;
  readonly requirements: readonly string[];
  /** Levels of these requirements, and of what was found. */
  readonly levels: readonly string[];
  /** Absent where no MQTT is spoken. */
  readonly version?: string;
  readonly transport: string;
  readonly needs: readonly string[];
  readonly verdict?: string;
  readonly aliases?: readonly string[];
  /** Reports of several brokers. */
  readonly broker?: string;
  /** What a comparison says of it: `different`, `fixed`, `regressed`; `slow`: the protocol makes it wait a second or more. */
  readonly is?: readonly string[];
}

export interface Selection {
  readonly text: string;
  readonly matches: (candidate: Selectable) => boolean;
}

type Test = (candidate: Selectable, value: string) => boolean;

const TESTS: Readonly<Record<string, Test>> = {
  suite: ({ suite }, value) => glob(value, suite),
  id: (candidate, value) => identifiers(candidate).some((id) => glob(value, id)),
  req: ({ requirements }, value) => requirements.some((key) => requirementMatches(value, key)),
  level: ({ levels }, value) => levels.some((level) => levelMatches(value, level)),
  v: ({ verdict }, value) => verdict !== undefined && glob(value, verdict),
  mqtt: ({ version }, value) => version === (SPOKEN[value] ?? value),
  over: ({ transport }, value) => (OVER[value] ?? [value]).includes(transport),
  needs: ({ needs }, value) => needs.some((need) => glob(value, need)),
  broker: ({ broker }, value) => broker !== undefined && broker.toLowerCase().includes(value),
  is: ({ is }, value) => is?.includes(value) === true,
};

const SPOKEN: Readonly<Record<string, string>> = { '5': '5.0', '4': '3.1.1', '3.1': '3.1.1' };
const OVER: Readonly<Record<string, readonly string[]>> = {
  websocket: ['ws', 'wss'],
  tcp: ['mqtt', 'mqtts'],
  tls: ['wss', 'mqtts'],
};

/** Parses; an empty text selects everything. Throws `SelectionError`. */
export function parseSelection(text: string): Selection {
  const terms = parseTerms(text);
  for (const { key } of terms) if (key !== 'word' && TESTS[key] === undefined) throw unknownKey(key);
  const excluded = terms.filter((term) => term.negated);
  const groups = groupsOf(terms.filter((term) => !term.negated));
  return {
    text: text.trim(),
    matches: (candidate) =>
      !excluded.some((term) => holds(term, candidate)) &&
      groups.every((group) => group.some((term) => holds(term, candidate))),
  };
}

/** Terms of one key are alternatives; words are not: each must be found. */
function groupsOf(terms: readonly Term[]): Term[][] {
  const groups = new Map<string, Term[]>();
  terms.forEach((term, index) => {
    const key = term.key === 'word' ? `word ${index}` : term.key;
    groups.set(key, [...(groups.get(key) ?? []), term]);
  });
  return [...groups.values()];
}

function holds({ key, values }: Term, candidate: Selectable): boolean {
  const test = TESTS[key] ?? wordMatches;
  return values.some((value) => test(candidate, value));
}

/** Case id with and without row, whole instance, former ids. */
function identifiers({ id, instance, aliases = [] }: Selectable): string[] {
  return [id, instance, instance.slice(0, instance.indexOf('@')), ...aliases];
}

const wordMatches: Test = (candidate, word) => {
  const { instance, title, suite, requirements, aliases = [], is = [] } = candidate;
  return [instance, title, suite, ...requirements, ...aliases, ...is].some((text) => text.toLowerCase().includes(word));
};

/** Without a version it is asked of both; a statement means all its clauses. */
function requirementMatches(pattern: string, key: string): boolean {
  const bare = key.replace(/^(3\.1\.1|5\.0)\//, '');
  return [key, bare, key.replace(/#.*/, ''), bare.replace(/#.*/, '')].some((form) => glob(pattern, form));
}

/** `must` means MUST NOT too. */
const levelMatches = (wanted: string, level: string): boolean => {
  const own = level.toLowerCase();
  return own === wanted.replace('-', ' ') || own === `${wanted} not`;
};

/** `*` stands for anything; capitals don't count. */
function glob(pattern: string, text: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'is').test(text);
}

function unknownKey(key: string): SelectionError {
  const keys = Object.keys(TESTS);
  const near = nearest(key, keys);
  const hint = near === undefined ? `known are ${keys.map((one) => `${one}:`).join(' ')}` : `did you mean ${near}:?`;
  return new SelectionError('SELECTION_INVALID', `"${key}:" is no key of a selection`, hint);
}
