import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, TOP_FOLDERS, folderOf, read, sources } from './imports.ts';

const LONGEST = 400;
const files = sources();

/** Comments may name what code may not use. */
const code = (file: string): string => read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

test(`no file is longer than ${LONGEST} lines`, () => {
  const lines = (file: string) => read(file).split('\n').length - 1;
  const long = sources({ tests: true }).filter((file) => lines(file) > LONGEST);
  expect(long.map((file) => `${file}: ${lines(file)} lines`)).toEqual([]);
});

describe('a README says what lives here', () => {
  const inSrc = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `src/${entry.name}`);

  test.each([...TOP_FOLDERS.filter((top) => top !== 'src'), ...inSrc])('%s', (folder) => {
    expect(existsSync(path.join(ROOT, folder, 'README.md'))).toBe(true);
  });
});

test('file names are kebab-case; chapters lead with their number', () => {
  const strange = files.filter(
    (file) => !/^(?:\d+(?:\.\d+)*-)?[a-z0-9.]+(?:-[a-z0-9.]+)*\.ts$/.test(path.basename(file)),
  );
  expect(strange).toEqual([]);
});

test('time goes through the clock: no timer outside io', () => {
  // What a report runs in the browser has no clock of ours; what makes load keeps a schedule of its own, in Node and in k6.
  const timed = files.filter((file) => !['io', 'reports', 'load'].includes(folderOf(file)));
  expect(timed.filter((file) => /\b(?:setTimeout|setInterval)\(/.test(code(file)))).toEqual([]);
});

test('wire runs anywhere: nothing of Node or of a browser', () => {
  const foreign = /\b(?:Buffer|TextEncoder|TextDecoder|process|atob|btoa|crypto)\b\s*[.(]/;
  expect(files.filter((file) => folderOf(file) === 'wire' && foreign.test(code(file)))).toEqual([]);
});
