/** The k6 on this machine: where `--k6`, `K6_BIN` or the PATH says, and what it is. */
import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { K6Error } from './k6-error.ts';

/** What is needed: `k6/websockets` is no experiment any more, `currentTestRunDuration` has its digits. */
const NEEDED = [1, 8] as const;

export const HOW_TO_GET_K6 =
  'https://grafana.com/docs/k6/latest/set-up/install-k6, or `npm run k6:build` in a clone of mqttspec; then --k6 PROGRAM, K6_BIN or the PATH';

export interface FoundK6 {
  readonly path: string;
  /** `2.2.0`. */
  readonly version: string;
  /** Of grafana/xk6-mqtt, where it is built in: `v0.3.0`, `(devel)`. */
  readonly mqttExtension?: string;
}

/** Path of the program; undefined where there is none. What is named must be there. Throws `K6Error`. */
export function k6Path(named: string | undefined, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const wanted = named ?? env['K6_BIN'];
  if (wanted !== undefined && wanted !== '') {
    if (runnable(wanted)) return wanted;
    const by = named === undefined ? 'K6_BIN' : '--k6';
    throw new K6Error('K6_MISSING', `${by} names ${wanted}, and there is no such program`, HOW_TO_GET_K6);
  }
  const names = process.platform === 'win32' ? ['k6.exe'] : ['k6'];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(runnable);
}

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** What k6 is there and what it can. Throws `K6Error` where there is none, or one that is too old. */
export async function findK6(named?: string, env: NodeJS.ProcessEnv = process.env): Promise<FoundK6> {
  const program = k6Path(named, env);
  if (program === undefined) throw new K6Error('K6_MISSING', 'there is no k6 on this machine', HOW_TO_GET_K6);
  const found = readVersion(program, await printedVersion(program));
  const [major = 0, minor = 0] = found.version.split('.').map(Number);
  if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
    throw new K6Error(
      'K6_TOO_OLD',
      `k6 ${found.version} is too old: ${NEEDED.join('.')} or newer is needed`,
      HOW_TO_GET_K6,
    );
  }
  return found;
}

async function printedVersion(program: string): Promise<string> {
  try {
    return (await promisify(execFile)(program, ['version'], { timeout: 30_000 })).stdout;
  } catch {
    throw new K6Error('K6_MISSING', `${program} does not answer to 'version': it is no k6`, HOW_TO_GET_K6);
  }
}

/** Reads `k6 v2.2.0 (go1.26.8, linux/amd64)` and the list of extensions. */
export function readVersion(program: string, printed: string): FoundK6 {
  const version = /\bk6(?:\.exe)? v(\d+\.\d+\.\d+[\w.-]*)/.exec(printed)?.[1];
  if (version === undefined) {
    throw new K6Error('K6_MISSING', `${program} does not say which k6 it is`, HOW_TO_GET_K6);
  }
  const extension = /xk6-mqtt (\S+), k6\/x\/mqtt/.exec(printed)?.[1];
  return { path: program, version, ...(extension === undefined ? {} : { mqttExtension: extension }) };
}
