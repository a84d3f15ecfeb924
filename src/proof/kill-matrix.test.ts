import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CASES } from '#suites';
import { alike, killMatrixSummary, killRowText, type KillRow } from './kill-matrix.ts';
import { killMatrixPage } from './kill-matrix-page.ts';
import { matrixCases, staleness } from './kill-matrix-source.ts';
import { FAULTS, type FaultName } from '#spec';

const PAGE = new URL('../../docs/kill-matrix.md', import.meta.url);

const row = (fault: FaultName, ...caughtBy: string[]): KillRow => ({ fault, caughtBy, reportedBy: [], named: [] });

const pageOf = (cases = CASES): string =>
  killMatrixPage(
    (Object.keys(FAULTS) as FaultName[]).map((fault) => row(fault, 'ping/answered')),
    { cases: matrixCases(cases), inMemory: [], instances: 0, conditional: [], seconds: 1, cpuSeconds: 1 },
  );

test('docs/kill-matrix.md is of these faults and cases; else: npm run kill-matrix', () => {
  expect(staleness(readFileSync(PAGE, 'utf8'), CASES)).toEqual([]);
});

test('a page is not stale right after it was written', () => {
  expect(staleness(pageOf(), CASES)).toEqual([]);
});

test('a case that came or went makes it stale', () => {
  const [first, ...others] = matrixCases(CASES);
  expect(staleness(pageOf(others), CASES)).toEqual([`new case: ${first?.id}`]);
  expect(staleness(pageOf(), others)).toEqual([`no case any more: ${first?.id}`]);
});

test('a fault that went makes it stale', () => {
  const page = pageOf().replaceAll('`accepts-post`', '`accepts-put`');
  expect(staleness(page, CASES)).toEqual(['new fault: accepts-post', 'no fault any more: accepts-put']);
});

test('a case that names other faults makes it stale', () => {
  const [first, ...others] = matrixCases(CASES);
  const changed = [{ ...first, caughtBy: ['accepts-post'] } as (typeof CASES)[number], ...others];
  expect(staleness(pageOf(), changed)).toHaveLength(1);
});

test('faults that the same cases catch are one group, others and uncaught ones none', () => {
  const rows = [row('accepts-post', 'a', 'b'), row('accepts-rsv', 'a'), row('accepts-level-6', 'a', 'b')];
  const uncaught = [row('accepts-unmasked'), row('accepts-missing-key')];
  expect(alike([...rows, ...uncaught])).toEqual([[rows[0], rows[2]]]);
  expect(killMatrixSummary([...rows, ...uncaught])).toContain('5 faults: 3 caught (1 by one case only)');
  expect(killMatrixSummary([...rows, ...uncaught])).toContain('4 groups');
});

test('a line of many cases shows some of them, those that name the fault first', () => {
  const many = { ...row('accepts-post', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), named: ['h'] };
  expect(killRowText(many)).toBe(`✓ ${'accepts-post'.padEnd(40)} h, a, b, c, d, e and 2 more\n`);
});
