/** One run of k6: started, watched, ended by a limit from outside, as nothing inside it can be relied on for that. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { realClock, sleep } from '#io';

export interface K6Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly limitMs: number;
  /** From the polite signal to the other one. Default 10,000. */
  readonly graceMs?: number;
  readonly signal: AbortSignal | undefined;
  /** Asks the script to end when `signal` aborts; k6 is interrupted only if that has no effect. */
  readonly stop?: () => void;
}

export interface K6Outcome {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly output: string;
  readonly timedOut: boolean;
  readonly interrupted: boolean;
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

/** Off line: it looks for no extension and reports to nobody. */
const QUIET = { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', K6_NO_COLOR: 'true' };

const GRACE_MS = 10_000;
/** Kept of what it prints: the end is where it says why. */
const MOST_OUTPUT = 1 << 20;

export async function runK6Process(call: K6Call): Promise<K6Outcome> {
  const child = spawn(call.program, call.args, {
    cwd: call.cwd,
    env: { ...process.env, ...QUIET, ...call.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C is for us to pass on.
    detached: process.platform !== 'win32',
  });
  const clock = realClock();
  const used = { cpuSeconds: 0, rssBytes: 0 };
  let output = '';
  let timedOut = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-MOST_OUTPUT);
    });
  }
  const over = new AbortController();
  const ending = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  }).finally(() => over.abort());
  const interrupt = (): void => {
    if (call.stop === undefined) child.kill('SIGINT');
    call.stop?.();
    sleep(clock, GRACE_MS, over.signal).then(
      () => child.kill('SIGINT'),
      () => undefined,
    );
  };
  // Whatever ends us ends it: it is in a group of its own.
  const abandon = (): void => void child.kill('SIGKILL');
  process.once('exit', abandon);
  call.signal?.addEventListener('abort', interrupt, { once: true });
  if (call.signal?.aborted === true) interrupt();
  const watch = async (): Promise<void> => {
    const until = clock.now() + call.limitMs;
    while (!over.signal.aborted && clock.now() < until) {
      measure(child.pid, used);
      await sleep(clock, 200, over.signal).catch(() => undefined);
    }
    if (over.signal.aborted) return;
    timedOut = true;
    child.kill('SIGTERM');
    await sleep(clock, call.graceMs ?? GRACE_MS, over.signal).catch(() => undefined);
    if (!over.signal.aborted) child.kill('SIGKILL');
  };
  try {
    const [exitCode] = await Promise.all([ending, watch()]);
    return { exitCode, output, timedOut, interrupted: call.signal?.aborted === true, ...used };
  } finally {
    call.signal?.removeEventListener('abort', interrupt);
    process.removeListener('exit', abandon);
  }
}

/** Of Linux; elsewhere it stays 0. Clock ticks are 10 ms everywhere that matters. */
function measure(pid: number | undefined, used: { cpuSeconds: number; rssBytes: number }): void {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    used.cpuSeconds = (Number(fields[11]) + Number(fields[12])) / 100;
    used.rssBytes = Math.max(used.rssBytes, Number(fields[21]) * 4096);
  } catch {
    // It has ended, or this is no Linux.
  }
}
