// Copies of the build whose broker holds all its mutants, behind their numbers.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transform } from 'esbuild';
import { ROOT } from './command.mjs';

const BROKER = path.join('src', 'broker');

/** Sources below `src/broker`, with `/`. */
export function brokerSources() {
  return readdirSync(path.join(ROOT, BROKER), { recursive: true })
    .map((name) => name.replaceAll(path.sep, '/'))
    .toSorted((a, b) => a.localeCompare(b));
}

/**
 * Writes both copies, `watch` and `switch`, and gives their folders with all the mutants. A mutant's number is its place in the list.
 */
export async function buildMutants(files, schemata) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-mutants-'));
  const mutants = [];
  for (const mode of ['watch', 'switch']) copyBuild(path.join(folder, mode));
  for (const file of files) {
    const source = readFileSync(path.join(ROOT, BROKER, file), 'utf8');
    const first = mutants.length;
    for (const mode of ['watch', 'switch']) {
      const changed = schemata(file, source, first, mode);
      if (mode === 'watch') mutants.push(...changed.mutants);
      const { code } = await transform(changed.code, {
        loader: 'ts',
        format: 'esm',
        target: 'es2023',
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      });
      const output = path.join(folder, mode, 'dist', BROKER, file.replace(/\.ts$/, '.js'));
      writeFileSync(output, code.replaceAll(/(from\s*"\.[^"]*)\.ts"/g, '$1.js"'));
    }
  }
  return { folder, mutants, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function copyBuild(to) {
  mkdirSync(to, { recursive: true });
  cpSync(path.join(ROOT, 'package.json'), path.join(to, 'package.json'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(to, 'node_modules'), 'junction');
  for (const part of ['src', 'suites', 'load', 'certs-gen', 'reports']) {
    cpSync(path.join(ROOT, 'dist', part), path.join(to, 'dist', part), {
      recursive: true,
      filter: (source) => !/\.(?:map|d\.ts)$/.test(source),
    });
  }
}
