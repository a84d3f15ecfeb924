/** Reads the import statements of our own sources: TypeScript 7 has no parser to call, and prettier keeps them regular. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.dirname(import.meta.dirname);

/** Top folders that hold sources. */
export const TOP_FOLDERS = ['src', 'suites', 'load', 'certs-gen', 'reports'] as const;

export interface Import {
  readonly specifier: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

const STATIC = /^(?:import|export)(\s+type)?\s+(?:([\w*{][^;'"]*?)\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\b(typeof\s+)?import\(\s*'([^']+)'/g;

export function importsOf(source: string): Import[] {
  const fixed = [...source.matchAll(STATIC)].map(([, type, names, specifier = '']) => ({
    specifier,
    typeOnly: type !== undefined || onlyTypes(names),
  }));
  const dynamic = [...source.matchAll(DYNAMIC)].map(([, type, specifier = '']) => ({
    specifier,
    typeOnly: type !== undefined,
  }));
  return [...fixed, ...dynamic];
}

/** `{ type A, type B }`. */
function onlyTypes(names = ''): boolean {
  const list = /^\{(.*)\}$/s
    .exec(names.trim())?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return list?.filter((name) => name !== '').every((name) => name.startsWith('type ')) ?? false;
}

/** Tests, and what only tests and benches use. The build leaves it out as far as nothing else imports it. */
const FOR_TESTS = /\.(?:test|bench)\.ts$|\/(?:testing|scenarios|bench)\//;

/** Paths of all sources from the root with `/`: `src/wire/utf8.ts`. What is for tests is left out unless asked for. */
export function sources({ tests = false } = {}): string[] {
  return TOP_FOLDERS.flatMap((top) =>
    readdirSync(path.join(ROOT, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
      .filter((file) => tests || !FOR_TESTS.test(file)),
  ).toSorted();
}

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** `src/wire/mqtt/codec.ts` → `wire`, `suites/mqtt/3.1-connect.ts` → `suites`, `src/index.ts` → `index.ts`. */
export function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'src' ? second : top;
}
