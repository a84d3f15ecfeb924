import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ROOT } from './imports.ts';

interface Page {
  pageOf(triage: object, results: readonly object[], notes: string): { page: string; untriaged: readonly string[] };
  withRow(index: string, triage: object, result: object): string;
}
const script = path.join(ROOT, 'scripts', 'findings.page.mjs');
const { pageOf, withRow } = (await import(pathToFileURL(script).href)) as Page;

const failed = (id: string, transport: string) => ({
  instance: `${id}@3.1.1/${transport}`,
  id,
  version: '3.1.1',
  transport,
  verdict: 'fail',
  findings: [{ verdict: 'fail', requirement: '3.1.1/MQTT-3.1.0-2', message: 'a | b', at: 5 }],
  transcript: { entries: [{ at: 1, direction: 'out', layer: 'mqtt', summary: 'PINGREQ', bytes: 'wQA=' }] },
});
const result = (cases: readonly object[]) => ({
  tool: { version: '1', suiteVersion: 'abc', node: '20' },
  run: { startedAt: '2026-01-02T00:00:00Z', durationMs: 1000 },
  target: { versions: ['3.1.1'], endpoints: [{ transport: 'ws' }] },
  cases,
  conclusion: { sentence: 'it does not', counts: { pass: 1, fail: 2 }, must: { violated: 1, applicable: 3 } },
});
const triage = {
  broker: 'x',
  page: 'x-1.md',
  title: 'X 1',
  origin: '',
  summary: '',
  causes: [{ title: 'Cause', says: 'Broker.', section: '§1', cases: ['ping/*'] }],
};

test('a failing case stands under its cause, with its octets and how often it was seen', () => {
  const both = result([failed('ping/flags', 'ws'), failed('ping/flags', 'mqtt')]);
  const { page, untriaged } = pageOf(triage, [result([failed('ping/flags', 'ws')]), both], 'notes');
  expect(untriaged).toEqual([]);
  expect(page).toContain('### 1. Cause');
  expect(page).toContain('3.1.1/ws, 3.1.1/tcp; in 1 to 2 of 2 runs | 3.1.1/MQTT-3.1.0-2 | `PINGREQ` c100 | a \\| b');
  expect(page).not.toContain('Not triaged');
});

test('what no cause names stands first, as not triaged', () => {
  const { page, untriaged } = pageOf(triage, [result([failed('connect/other', 'ws')])], 'notes');
  expect(untriaged).toEqual(['connect/other']);
  expect(page.indexOf('## Not triaged')).toBeLessThan(page.indexOf('## What fails'));
  expect(page).not.toContain('### 1. Cause');
});

test('the table of all brokers gets the numbers of the last run', () => {
  const index = '| [X](x-1.md) | old |\n| [Y](y-1.md) | stays |';
  const row = '| [X 1](x-1.md) | 3.1.1 | 2026-01-02 | abc | 0 | 1 | 2 |  |  |  |  | 1 of 3 |';
  expect(withRow(index, triage, result([]))).toBe(`${row}\n| [Y](y-1.md) | stays |`);
});
