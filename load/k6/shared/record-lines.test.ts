import { expect, test } from 'vitest';
import { makeRecord } from '../testing/records.ts';
import { readRecords, recordLines } from './record-lines.ts';

const record = makeRecord(3, { errors: [{ kind: 'x', message: 'é '.repeat(8000), count: 1, firstMs: 0, lastMs: 0 }] });
const lines = recordLines(record);

test('a long record is several lines, each short enough for a container’s log', () => {
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line.length).toBeLessThan(16_000);
});

test('it comes back from the log of any logger, in any order', () => {
  const log = lines
    .toReversed()
    .map((line) => `time="2026-01-01T00:00:00Z" level=info msg="${line}" source=console\nnoise`);
  expect(readRecords(log.join('\n'))).toEqual([record]);
});

test('a line that is missing is said', () => {
  expect(() => readRecords(lines.slice(1).join('\n'))).toThrow(/lacks lines: \d+ of \d+/);
});

test('two runs of one script are told apart', () => {
  const again = recordLines({ ...record, startedAt: record.startedAt + 60_000 });
  expect(() => readRecords([...lines, ...again].join('\n'))).toThrow(/ran twice/);
});

test('a damaged one is said', () => {
  expect(() => readRecords('mqttspec-record 0a1b2c3d 3 1/1 AAAA')).toThrow(/damaged/);
});

test('a log without records has none', () => {
  expect(readRecords('level=info msg="hello"')).toEqual([]);
});
