/** Reads the text format of Prometheus by its own rules, and throws where one is broken. */

export interface Family {
  readonly type: string;
  readonly help: string;
  /** `name{labels}` to value. */
  readonly samples: Map<string, number>;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*"`;
const SAMPLE = new RegExp(`^(${NAME})(\\{${LABEL}(?:,${LABEL})*\\})? (\\S+)$`);
const NUMBER = /^(?:[+-]?Inf|NaN|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const SUFFIXES: Readonly<Record<string, RegExp>> = {
  histogram: /^(?:_bucket|_sum|_count)$/,
  counter: /^$/,
  gauge: /^$/,
};

export function readExposition(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  let name = '';
  if (!text.endsWith('\n')) throw new Error('the last line has no line feed');
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP (\S+) ((?:[^\\]|\\\\|\\n)*)$/.exec(line);
    const type = /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    if (help !== null) {
      name = help[1] as string;
      if (families.has(name)) throw new Error(`${name} is there twice`);
      families.set(name, { type: '', help: help[2] as string, samples: new Map() });
    } else if (type !== null) {
      const known = families.get(name);
      if (type[1] !== name || known === undefined || known.samples.size > 0)
        throw new Error(`TYPE out of turn: ${line}`);
      families.set(name, { ...known, type: type[2] as string });
    } else if (!line.startsWith('# ')) read(line, name, families.get(name));
  }
  for (const [key, family] of families) check(key, family);
  return families;
}

function read(line: string, name: string, family: Family | undefined): void {
  const [, sample = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (sample === '' || !NUMBER.test(value)) throw new Error(`no sample: ${line}`);
  if (
    family === undefined ||
    !sample.startsWith(name) ||
    SUFFIXES[family.type]?.test(sample.slice(name.length)) !== true
  )
    throw new Error(`not of ${name}: ${line}`);
  if (family.samples.has(sample + labels)) throw new Error(`twice: ${line}`);
  family.samples.set(sample + labels, value === '+Inf' ? Infinity : Number(value));
}

function check(name: string, { type, samples }: Family): void {
  if (samples.size === 0) throw new Error(`${name} has no sample`);
  if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`${name} is a ${type}`);
  if (type !== 'histogram') return;
  const buckets = [...samples].filter(([key]) => key.startsWith(`${name}_bucket`));
  let [bound, before] = [-Infinity, 0];
  for (const [key, value] of buckets) {
    const text = /le="([^"]*)"/.exec(key)?.[1] ?? '';
    const le = text === '+Inf' ? Infinity : Number(text);
    if (!(le > bound) || value < before) throw new Error(`${key} falls`);
    [bound, before] = [le, value];
  }
  if (bound !== Infinity || before !== samples.get(`${name}_count`)) throw new Error(`${name}: +Inf is not the count`);
  if (samples.get(`${name}_sum`) === undefined) throw new Error(`${name} has no sum`);
}
