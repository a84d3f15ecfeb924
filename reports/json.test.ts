import { readRunResult } from '#results';
import { expect, test } from 'vitest';
import { ndjsonLine, renderJson } from './json.ts';
import { sampleRun } from './testing/sample-run.ts';

test('a results file is read back as what it was', () => {
  const result = sampleRun({ cases: 20 });
  expect(readRunResult(renderJson(result))).toEqual(result);
});

test('an event is one line, whatever is in it', () => {
  const line = ndjsonLine({ type: 'note', message: 'two\nlines\u2028and more' });
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({ type: 'note', message: 'two\nlines\u2028and more' });
});
