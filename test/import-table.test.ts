import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { MAY_IMPORT, MAY_IMPORT_NODE, MAY_IMPORT_PACKAGE } from './import-table.ts';
import { folderOf, importsOf, read, sources } from './imports.ts';
import type { Import } from './imports.ts';

const files = sources();

/** What is wrong with one import of a file; undefined where nothing is. */
function complaint(file: string, { specifier, typeOnly }: Import): string | undefined {
  const from = folderOf(file);
  if (specifier.startsWith('.')) return relativeComplaint(file, specifier);
  if (specifier.startsWith('#')) return doorComplaint(from, specifier.slice(1), typeOnly);
  if (specifier.startsWith('node:')) {
    return nodeAllowed(file, specifier.slice('node:'.length)) ? undefined : `${from} may not import ${specifier}`;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return MAY_IMPORT_PACKAGE[from]?.includes(name) ? undefined : `${from} may not import the package ${name}`;
}

function relativeComplaint(file: string, specifier: string): string | undefined {
  if (!/\.(ts|json)$/.test(specifier)) return `${specifier} must end in .ts`;
  const to = folderOf(path.posix.join(path.posix.dirname(file), specifier));
  const from = folderOf(file);
  return to === from ? undefined : `${specifier} crosses into ${to}: go through #${to}`;
}

function doorComplaint(from: string, to: string, typeOnly: boolean): string | undefined {
  const allowed = MAY_IMPORT[from] ?? [];
  if (allowed.includes(to) || (typeOnly && allowed.includes(`types of ${to}`))) return undefined;
  return `${from} may not import ${typeOnly ? 'types' : 'values'} of ${to}`;
}

function nodeAllowed(file: string, name: string): boolean {
  const inside = file.replace(/^src\//, '');
  return Object.entries(MAY_IMPORT_NODE).some(
    ([place, modules]) =>
      (inside === place || inside.startsWith(`${place}/`)) && (modules.includes('*') || modules.includes(name)),
  );
}

test('each folder stands in the table', () => {
  const folders = new Set(files.map(folderOf));
  expect([...folders].filter((folder) => MAY_IMPORT[folder] === undefined)).toEqual([]);
});

test.each(files)('%s keeps to the table', (file) => {
  const complaints = importsOf(read(file)).flatMap((one) => complaint(file, one) ?? []);
  expect(complaints).toEqual([]);
});

describe('the reader of imports', () => {
  test.each([
    ["import { a } from '#kit';", '#kit', false],
    ["import type { A } from '#kit';", '#kit', true],
    ["import { type A, type B } from '#kit';", '#kit', true],
    ["import { type A, b } from '#kit';", '#kit', false],
    ["import {\n  a,\n  b,\n} from './a.ts';", './a.ts', false],
    ["import 'node:fs';", 'node:fs', false],
    ["export * from './a.ts';", './a.ts', false],
    ["export type * from './a.ts';", './a.ts', true],
    ["export { a } from './a.ts';", './a.ts', false],
    ["const a = await import('#broker');", '#broker', false],
    ["type A = typeof import('#broker');", '#broker', true],
  ])('%j', (source, specifier, typeOnly) => {
    expect(importsOf(source)).toEqual([{ specifier, typeOnly }]);
  });

  test('sees several, and no other strings', () => {
    const source =
      "import a from './a.ts';\nimport type { B } from '#b';\nexport const from = 'x';\nexport const y = 'z';\n";
    expect(importsOf(source).map(({ specifier }) => specifier)).toEqual(['./a.ts', '#b']);
  });
});

describe('the judge finds', () => {
  test.each([
    ['src/kit/x.ts', '#broker', 'kit may not import values of broker'],
    ['suites/mqtt/x.ts', '#spec', 'suites may not import values of spec'],
    ['src/app/x.ts', '#cli', 'app may not import values of cli'],
    ['src/wire/x.ts', 'node:zlib', 'wire may not import node:zlib'],
    ['src/broker/core.ts', 'node:net', 'broker may not import node:net'],
    ['src/wire/x.ts', 'mqtt-packet', 'wire may not import the package mqtt-packet'],
    ['src/kit/x.ts', '../broker/index.ts', '../broker/index.ts crosses into broker: go through #broker'],
    ['src/kit/x.ts', './y.js', './y.js must end in .ts'],
  ])('%s → %s', (file, specifier, message) => {
    expect(complaint(file, { specifier, typeOnly: false })).toBe(message);
  });

  test('types of spec are allowed to suites', () => {
    expect(complaint('suites/mqtt/x.ts', { specifier: '#spec', typeOnly: true })).toBeUndefined();
  });
});
