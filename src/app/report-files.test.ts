import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from './errors.ts';
import { stemOf, writeReportFiles } from './report-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mqttspec-'));
});
afterEach(() => rm(folder, { recursive: true }));

test.each([
  ['Mosquitto 2.0.11', '2026-11-22-mosquitto-2.0.11'],
  ['../../etc/passwd', '2026-11-22-etc-passwd'],
  ['the broker at ws://h/', '2026-11-22-broker-at-ws-h'],
  ['日本', '2026-11-22-broker'],
  ['a'.repeat(100), `2026-11-22-${'a'.repeat(49)}`],
])('%s', (label, stem) => {
  expect(stemOf(label, '2026-11-22T10:00:00.000Z')).toBe(stem);
});

test('files of one run share a name, and none is written over an older one', async () => {
  const files = [
    { ending: 'json', content: '{}' },
    { ending: 'html', content: '<html>' },
  ];
  const out = join(folder, 'new', 'out');
  expect(await writeReportFiles(out, 'x', files)).toEqual([join(out, 'x.json'), join(out, 'x.html')]);
  expect(await writeReportFiles(out, 'x', files)).toEqual([join(out, 'x-2.json'), join(out, 'x-2.html')]);
  expect((await readdir(out)).sort()).toEqual(['x-2.html', 'x-2.json', 'x.html', 'x.json']);
  expect(await readFile(join(out, 'x.html'), 'utf8')).toBe('<html>');
});

test('a folder that cannot be is the fault of the user', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(writeReportFiles(join(folder, 'file', 'out'), 'x', [])).rejects.toThrow(UsageError);
});
