import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { RunResult } from './run-result.ts';
import { runResultSchema, type Plain } from './schema.ts';
import { jsonSchema } from './testing/json-schema.ts';
import { sampleResult } from './testing/sample-result.ts';

const FILE = path.join(import.meta.dirname, 'run-result.schema.json');

/** `npx vitest run src/results -u` writes it anew. */
test('the published JSON Schema is that of the check', async () => {
  const schema = jsonSchema(runResultSchema, 'urn:mqttspec:run-result:1', 'Result of an mqttspec run');
  const text = await format(JSON.stringify(schema), { ...(await resolveConfig(FILE)), parser: 'json' });
  await expect(text).toMatchFileSnapshot(FILE);
});

test('it asks for all that a result has', () => {
  const schema = JSON.parse(readFileSync(FILE, 'utf8')) as { required: string[] };
  expect(schema.required).toEqual(Object.keys(sampleResult()));
});

test('types and schema are the same', () => {
  // Compiles only while every RunResult is what the schema takes; the other direction is in schema.ts.
  const result: Plain<RunResult> = sampleResult();
  const output: v.InferOutput<typeof runResultSchema> = result;
  expect(v.is(runResultSchema, output)).toBe(true);
});
