/** One case in one result, as a filter sees it. */
export interface Candidate {
  readonly id: string;
  readonly instance: string;
  readonly suite: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly levels: readonly string[];
  readonly version: string;
  readonly transport: string;
  readonly needs: readonly string[];
  readonly verdict: string;
  readonly broker: string;
  readonly is: readonly string[];
}

export type Matches = (candidate: Candidate) => boolean;

/**
 * The selection grammar of the command line (a test holds both together), self-contained for the page. Gives what is wrong
 * as text.
 */
export function parseFilter(text: string): Matches | string {
  type Test = (candidate: Candidate, value: string) => boolean;
  interface Term {
    readonly key: string;
    readonly values: readonly string[];
    readonly negated: boolean;
  }

  const glob = (pattern: string, value: string): boolean => {
    const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${source.join('.*')}$`, 'is').test(value);
  };
  const spoken: Readonly<Record<string, string>> = { '5': '5.0', '4': '3.1.1', '3.1': '3.1.1' };
  const doors: Readonly<Record<string, readonly string[]>> = {
    websocket: ['ws', 'wss'],
    tcp: ['mqtt', 'mqtts'],
    tls: ['wss', 'mqtts'],
  };
  const forms = (key: string): string[] => {
    const bare = key.replace(/^(3\.1\.1|5\.0)\//, '');
    return [key, bare, key.replace(/#.*/, ''), bare.replace(/#.*/, '')];
  };
  const tests: Readonly<Record<string, Test>> = {
    suite: ({ suite }, value) => glob(value, suite),
    id: ({ id, instance }, value) => [id, instance, instance.replace(/@[^@]*$/, '')].some((one) => glob(value, one)),
    req: ({ requirements }, value) => requirements.flatMap(forms).some((one) => glob(value, one)),
    level: ({ levels }, value) =>
      levels.map((one) => one.toLowerCase()).some((one) => one === value.replace('-', ' ') || one === `${value} not`),
    v: ({ verdict }, value) => verdict !== '' && glob(value, verdict),
    mqtt: ({ version }, value) => version === (spoken[value] ?? value),
    over: ({ transport }, value) => (doors[value] ?? [value]).includes(transport),
    needs: ({ needs }, value) => needs.some((need) => glob(value, need)),
    broker: ({ broker }, value) => broker.toLowerCase().includes(value),
    is: ({ is }, value) => is.includes(value),
    word: ({ instance, title, suite, requirements }, value) =>
      [instance, title, suite, ...requirements].some((one) => one.toLowerCase().includes(value)),
  };

  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) return 'a quotation mark is not closed';
  const plain = (word: string): string => word.replaceAll('"', '').toLowerCase();
  const terms: Term[] = [];
  for (const [, mark, word = ''] of text.matchAll(/(!?)((?:[^\s"]|"[^"]*")+)/g)) {
    const negated = mark === '!';
    const quoted = word.startsWith('"');
    const colon = quoted ? -1 : word.indexOf(':');
    const key = word.slice(0, Math.max(0, colon)).toLowerCase();
    if (/^[a-z]+$/.test(key)) {
      const values = plain(word.slice(colon + 1))
        .split(',')
        .filter((one) => one !== '');
      if (key === 'word' || !Object.hasOwn(tests, key)) return `"${key}:" is no key of a selection`;
      if (values.length === 0) return `"${key}:" has no value`;
      terms.push({ key, values, negated });
      continue;
    }
    const bare = plain(word).replace(/^\[(.*)\]$/, '$1');
    const isRequirement = !quoted && /^((3\.1\.1|5\.0)\/)?(mqtt|r)-[\d.*]|^(ws|tls|cert)\//i.test(bare);
    terms.push({ key: isRequirement ? 'req' : 'word', values: [isRequirement ? bare : plain(word)], negated });
  }

  const holds = ({ key, values }: Term, candidate: Candidate): boolean =>
    values.some((value) => tests[key]?.(candidate, value) === true);
  const excluded = terms.filter(({ negated }) => negated);
  const groups = new Map<string, Term[]>();
  for (const [index, term] of terms.entries()) {
    if (term.negated) continue;
    const group = term.key === 'word' ? `word ${index}` : term.key;
    groups.set(group, [...(groups.get(group) ?? []), term]);
  }
  return (candidate) =>
    !excluded.some((term) => holds(term, candidate)) &&
    [...groups.values()].every((group) => group.some((term) => holds(term, candidate)));
}
