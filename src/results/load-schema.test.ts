import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { loadResultSchema } from './load-schema.ts';
import { readLoadResult, writeLoadResult } from './read-load-result.ts';
import { jsonSchema } from './testing/json-schema.ts';
import { sampleLoad } from './testing/sample-load-result.ts';

const FILE = path.join(import.meta.dirname, 'load-result.schema.json');

/** `npx vitest run src/results -u` writes it anew. */
test('the published JSON Schema is that of the check', async () => {
  const schema = jsonSchema(loadResultSchema, 'urn:mqttspec:load-result:1', 'Result of an mqttspec load run');
  const text = await format(JSON.stringify(schema), { ...(await resolveConfig(FILE)), parser: 'json' });
  await expect(text).toMatchFileSnapshot(FILE);
});

test('a result survives the way through a file', () => {
  const result = sampleLoad();
  expect(readLoadResult(writeLoadResult(result))).toEqual(result);
});

test('secrets do not get into the file', () => {
  const { run, target } = sampleLoad();
  const text = writeLoadResult(
    sampleLoad([1], {
      run: { ...run, command: 'mqttspec load run smoke ws://user:hunter2@host/m?key=hunter3' },
      target: { ...target, url: 'ws://user:hunter2@host/m?key=hunter3' },
    }),
  );
  expect(text).not.toMatch(/hunter/);
});

test.each([
  ['', 'the file is empty'],
  ['hello', 'not JSON'],
  ['{"format":', 'the file ends in the middle'],
  ['[]', 'not the result of a load run'],
  ['{"format":"mqttspec/run-result/1"}', 'not the result of a load run'],
  ['{"format":"mqttspec/load-result/2"}', 'written by a newer mqttspec'],
  ['{"format":"mqttspec/load-result/1"}', 'not a valid load result: tool'],
])('%s: %s', (text, message) => {
  expect(() => readLoadResult(text)).toThrow(message);
});
