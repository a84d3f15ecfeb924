/** A plan, run by k6 on this machine: the same data as the embedded engine has, and the same kind of result. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { LoadResult } from '#results';
import { redactUrl } from '#target';
import type { LoadOptions } from '../engine/run-load.ts';
import { refuseWhatK6Cannot, type K6Engine } from './can-carry.ts';
import { ourExitCode } from './exit-code.ts';
import type { FoundK6 } from './find-k6.ts';
import { K6Error } from './k6-error.ts';
import { LiveUsers } from './live.ts';
import { runK6Process, type K6Outcome } from './k6-process.ts';
import { resultOf } from './result-of.ts';
import { scriptFile, scriptText } from './script-text.ts';
import { SETTLE_SECONDS, TICK_MS, type ScriptConfig } from './shared/config.ts';
import { usefulUsers } from './shared/owner.ts';
import { openRunLine } from './run-line.ts';
import type { UserRecord } from './shared/record.ts';
import { readRecords, RecordLinesError } from './shared/record-lines.ts';

type FromEngine = 'plan' | 'target' | 'label' | 'toolVersion' | 'command' | 'signal' | 'signalled' | 'onProgress';

/** As of the embedded engine, and what only k6 needs. */
export interface K6RunOptions extends Pick<LoadOptions, FromEngine> {
  readonly engine: K6Engine;
  readonly k6: FoundK6;
  /** Text of the bundled script of this engine; default: what the build has made. */
  readonly bundle?: string;
  /** Virtual users; default: two for each core, as far as there are clients for them. */
  readonly users?: number;
  /** Certificates that differ from client to client: k6 has one for all of them, that of `target.tls`. */
  readonly certificates?: LoadOptions['certificates'];
}

/** Beyond the plan's own limit: start, and the summary. */
const SPARE_MS = 60_000;

/** Throws `K6Error` where the plan can't be carried, or k6 broke before anything was measured. */
export async function runOnK6(options: K6RunOptions): Promise<LoadResult> {
  const { plan, engine, k6, target } = options;
  refuseWhatK6Cannot(plan, engine, {
    headers: target.headers.length > 0,
    servername: target.tls.servername !== undefined,
    pfx: target.tls.pfx !== undefined || target.tls.passphrase !== undefined,
  });
  if (engine === 'xk6-mqtt' && k6.mqttExtension === undefined) {
    const hint = 'npm run k6:build -- --mqtt in a clone of mqttspec, or xk6 build --with github.com/grafana/xk6-mqtt';
    throw new K6Error('K6_NO_EXTENSION', `${k6.path} was built without grafana/xk6-mqtt`, hint);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'mqttspec-k6-'));
  const live = new LiveUsers(plan, (progress) => options.onProgress?.(progress));
  const line = await openRunLine((told) => live.hear(told));
  try {
    const console = path.join(folder, 'console.log');
    const outcome = await runK6Process({
      program: k6.path,
      args: ['run', '--quiet', '--address', '', '--console-output', console, await written(folder, options)],
      env: { ...(await environment(folder, options)), MQTTSPEC_LINE: line.url },
      cwd: folder,
      limitMs: plan.limitSeconds * 1000 + SPARE_MS,
      signal: options.signal,
      stop: line.stop,
    });
    return resultFrom(outcome, await recordsOf(console), options);
  } finally {
    live.close();
    await line.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function written(folder: string, options: K6RunOptions): Promise<string> {
  const { plan, engine, target, users } = options;
  const bundle = options.bundle ?? (await readFile(scriptFile(engine), 'utf8'));
  const config: ScriptConfig = {
    engine,
    plan,
    url: redactUrl(target.endpoints[0].url),
    headers: {},
    users: usefulUsers(plan, users ?? 2 * availableParallelism()),
    tickMs: TICK_MS,
    settleSeconds: SETTLE_SECONDS,
    metrics: false,
    records: true,
    insecure: !target.tls.verify,
  };
  const file = path.join(folder, 'script.js');
  await writeFile(file, scriptText(config, bundle));
  return file;
}

/** What is secret goes by the environment, which no list of processes shows, and by files that only we can read. */
async function environment(folder: string, options: K6RunOptions): Promise<Record<string, string>> {
  const { endpoints, headers, credentials, tls } = options.target;
  const { username, password } = credentials;
  const file = async (name: string, content: string): Promise<string> => {
    const where = path.join(folder, name);
    await writeFile(where, content, { mode: 0o600 });
    return where;
  };
  return {
    MQTTSPEC_URL: endpoints[0].url,
    ...(headers.length === 0 ? {} : { MQTTSPEC_HEADERS: JSON.stringify(Object.fromEntries(headers)) }),
    ...(username === undefined ? {} : { MQTTSPEC_USERNAME: username }),
    ...(password === undefined ? {} : { MQTTSPEC_PASSWORD: Buffer.from(password).toString('utf8') }),
    ...(tls.ca === undefined ? {} : { SSL_CERT_FILE: await file('ca.pem', tls.ca.join('\n')) }),
    ...(tls.cert === undefined ? {} : { MQTTSPEC_CERT: await file('cert.pem', tls.cert) }),
    ...(tls.key === undefined ? {} : { MQTTSPEC_KEY: await file('key.pem', tls.key) }),
  };
}

/** Whatever is whole of it: a run that was cut off leaves some. */
async function recordsOf(file: string): Promise<readonly UserRecord[]> {
  const log = await readFile(file, 'utf8').catch(() => '');
  try {
    return readRecords(log);
  } catch (error) {
    if (error instanceof RecordLinesError) return [];
    throw error;
  }
}

function resultFrom(outcome: K6Outcome, records: readonly UserRecord[], options: K6RunOptions): LoadResult {
  const { k6, toolVersion, command, label, target, signalled } = options;
  if (records.length === 0) throw broke(outcome, k6);
  const ended = outcome.interrupted ? 'interrupted' : outcome.timedOut ? 'time-limit' : undefined;
  return resultOf(records, {
    tool: { name: 'mqttspec', version: toolVersion, node: process.versions.node },
    k6Version: k6.version,
    command,
    label,
    url: redactUrl(target.endpoints[0].url),
    notes: (options.certificates?.length ?? 0) > 1 ? ['all clients show the same certificate'] : [],
    cpuSeconds: outcome.cpuSeconds,
    rssBytes: outcome.rssBytes,
    ...(ended === undefined ? {} : { ended }),
    ...(outcome.interrupted ? { signalled: signalled?.() ?? 130 } : {}),
  });
}

function broke(outcome: K6Outcome, { path: program, version }: FoundK6): K6Error {
  if (outcome.interrupted)
    return new K6Error('K6_INTERRUPTED', 'interrupted before a virtual user had anything to tell');
  const why = lastError(outcome.output);
  const how = outcome.timedOut ? 'did not end in time' : `ended with exit code ${outcome.exitCode ?? 'by a signal'}`;
  const code = ourExitCode(outcome.exitCode) === 2 ? 'K6_WRONG_USE' : 'K6_BROKE';
  return new K6Error(
    code,
    `k6 ${version} ${how} and left no record${why === undefined ? '' : `: ${why}`}`,
    `the program: ${program}`,
  );
}

/** `level=error msg="…"`, or the first line of a panic. */
function lastError(output: string): string | undefined {
  const panic = /^panic: .*$/m.exec(output)?.[0];
  const all = [...output.matchAll(/level=error msg="((?:[^"\\]|\\.)*)"/g)];
  const message = panic ?? all.at(-1)?.[1];
  return message?.split('\\n')[0]?.slice(0, 300);
}
