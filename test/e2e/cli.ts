/** The built command as a user meets it: a process, two streams, an exit code. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for each process: what it writes is seen, and goes with it. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'mqttspec-e2e-'));
  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function start(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  // What the surroundings of the tests say about colours and CI must not decide what they see.
  const { PATH, HOME, NODE_ENV } = process.env;
  const surroundings = Object.entries({ PATH, HOME, NODE_ENV, LANG: 'C.UTF-8', ...env });
  return spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: Object.fromEntries(surroundings.filter(([, value]) => value !== undefined)),
    stdio: 'pipe',
  });
}

export function outcome(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs it to its end in a folder that is gone afterwards. */
export async function cli(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  const workspace = new Workspace();
  try {
    return await outcome(start(args, workspace.folder, env));
  } finally {
    workspace.dispose();
  }
}

/** Resolves with all of stdout or stderr as soon as it holds the text. */
export function until(stream: NodeJS.ReadableStream, text: string): Promise<string> {
  let seen = '';
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer | string) => {
      seen += chunk.toString();
      if (seen.includes(text)) resolve(seen);
    });
    stream.on('end', () => reject(new Error(`ended without '${text}': ${seen}`)));
  });
}
