import { describe, expect, test } from 'vitest';
import {
  FAULTS,
  MQTT_VERSIONS,
  NEEDS,
  REQUIREMENTS,
  STATEMENTS,
  VARIANTS,
  requirement,
  resolveId,
  severity,
} from './index.ts';
import type { Requirement, RequirementKey } from './index.ts';

const all = [...REQUIREMENTS.values()];
const count = (holds: (one: Requirement) => boolean): number => all.filter(holds).length;

describe('counts: nothing invented, missing or twice', () => {
  test.each([
    ['3.1.1', 141],
    ['5.0', 251],
  ])('%s has %i numbered statements', (version, statements) => {
    expect([...STATEMENTS.values()].filter((one) => one.version === version)).toHaveLength(statements);
  });

  test.each([
    ['3.1.1', 'statement', 88],
    ['3.1.1', 'clause', 135],
    ['3.1.1', 'rule', 44],
    ['5.0', 'statement', 175],
    ['5.0', 'clause', 174],
    ['5.0', 'rule', 190],
    [undefined, 'transport', 295],
  ])('%s has %s × %i', (version, kind, rows) => {
    expect(count((one) => one.version === version && one.kind === kind)).toBe(rows);
  });

  // MQTT-6.0.0-3 binds clients only; what a server does with one that breaks it is observed by rows of the transport.
  test.each([
    ['3.1.1', 249],
    ['5.0', 520],
  ])('a black-box test of %s can touch %i', (version, rows) => {
    expect(count((one) => one.version === version && one.observable !== 'no')).toBe(rows);
  });

  test.each([
    ['ws/', 179],
    ['tls/', 59],
    ['cert/', 57],
  ])('%s has %i', (prefix, rows) => {
    expect(count((one) => one.key.startsWith(prefix))).toBe(rows);
  });

  test('3.1.1 splits 53 statements, 5.0 splits 76', () => {
    const split = (version: string) =>
      [...STATEMENTS.values()].filter((one) => one.version === version && one.clauses.length > 0).length;
    expect(MQTT_VERSIONS.map(split)).toEqual([53, 76]);
  });

  test('a table that repeats an id would not compile; one that another table repeats is found here', () => {
    const ids = all.map((one) => (one.version === undefined ? one.id : `${one.version}/${one.id}`));
    expect(new Set(ids).size).toBe(all.length);
    expect(ids).toEqual([...REQUIREMENTS.keys()]);
  });
});

describe('each row', () => {
  test('has a known level and known needs', () => {
    for (const one of all) {
      expect(severity(one.level), one.key).toMatch(/^(fail|warn|observed)$/);
      for (const need of one.needs) expect(NEEDS, one.key).toHaveProperty([need]);
    }
  });

  test('a clause belongs to a statement that lists it, and has another level only by a slug that says so', () => {
    for (const one of all.filter(({ kind }) => kind === 'clause')) {
      const statement = one.statement === undefined ? undefined : STATEMENTS.get(one.statement);
      expect(statement?.clauses, one.key).toContain(one.key);
      const slug = one.key.slice(one.key.indexOf('#') + 1);
      if (slug === 'should') expect(one.level, one.key).toMatch(/^SHOULD/);
      if (slug === 'may') expect(one.level, one.key).toBe('MAY');
    }
  });

  test('a transport row names a source, and cites only requirements that exist', () => {
    for (const one of all.filter(({ kind }) => kind === 'transport')) {
      expect(one.section, one.key).not.toBe('');
      for (const [cited] of one.section.matchAll(/(?:3\.1\.1|5\.0)\/[\w.#-]+/g)) {
        expect(resolveId(cited), `${one.key} cites ${cited}`).not.toEqual([]);
      }
    }
  });

  test('what an RFC or MQTT says has a link', () => {
    for (const one of all.filter(
      ({ section, version }) => version !== undefined || /RFC \d|MQTT-|\/R-/.test(section),
    )) {
      expect(one.link, one.key).toMatch(/^https:\/\/(docs\.oasis-open\.org|www\.rfc-editor\.org)\//);
    }
  });

  test('MQTT links lead to a section; chapter 7 of 3.1.1 has no anchor that we know', () => {
    const bare = all.filter(({ version, link }) => version !== undefined && !link.includes('#_Toc'));
    expect(bare.map(({ section }) => section.split('.')[0])).toEqual(bare.map(() => '7'));
  });

  test('titles are short and our own: none ends like a sentence of the standard', () => {
    for (const { key, title } of all) {
      expect(title.length, key).toBeGreaterThan(0);
      expect(title.length, key).toBeLessThan(200);
      expect(title, key).not.toMatch(/\b(MUST|SHALL)\b|\.$/);
    }
  });
});

describe('faults and variants', () => {
  const names = [...Object.keys(FAULTS), ...Object.keys(VARIANTS)];

  test('are named once, in kebab-case, and none is called clean', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9.]+)*$/);
    expect(names).not.toContain('clean');
  });

  test('say in one sentence what the broker does', () => {
    for (const [name, { title }] of [...Object.entries(FAULTS), ...Object.entries(VARIANTS)]) {
      expect(title, name).toMatch(/^[a-z].*[^.]$/);
    }
  });
});

test('a key that does not exist is an error, not an undefined that travels on', () => {
  expect(() => requirement('5.0/MQTT-0.0.0-0' as RequirementKey)).toThrow(TypeError);
});

test('a broken CONTRACT counts like a MUST, a sender’s breach like a SHOULD', () => {
  expect((['MUST NOT', 'CONTRACT', 'SHOULD', 'DERIVED', 'MAY', 'OBSERVE'] as const).map(severity)).toEqual([
    'fail',
    'fail',
    'warn',
    'warn',
    'observed',
    'observed',
  ]);
});
