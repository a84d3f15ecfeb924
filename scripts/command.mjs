import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The file that npm would run for this command of a package: spawning it needs no shell and no PATH. */
export function binary(packageName, command = packageName) {
  const manifest = path.join(ROOT, 'node_modules', packageName, 'package.json');
  const { bin } = createRequire(import.meta.url)(manifest);
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

const STDIO = {
  /** Shown as it comes, and kept. */
  all: ['ignore', 'pipe', 'pipe'],
  /** Kept only. */
  none: ['ignore', 'pipe', 'pipe'],
  /** All of it goes to stderr. */
  errors: ['ignore', process.stderr, process.stderr],
};

/** Runs a Node script to its end, on another `node` or with more environment where that is named. A signal counts as code 1. */
export async function runNode(script, args = [], { node = process.execPath, show = 'all', env = {} } = {}) {
  const child = spawn(node, [script, ...args], { cwd: ROOT, stdio: STDIO[show], env: { ...process.env, ...env } });
  let output = '';
  for (const stream of ['stdout', 'stderr']) {
    child[stream]?.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (show === 'all') process[stream].write(text);
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  return { code, output };
}
