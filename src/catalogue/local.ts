/** Starts a broker that is installed on this machine, as a process with a folder of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sleep, type Clock } from '#io';
import type { BrokerEntry, Doors, FileToWrite, LocalStart } from './entry.ts';
import { npmPackage, program } from './place.ts';
import { freePorts, listening } from './ports.ts';
import { CatalogueError, type StartedBroker } from './started.ts';

/** Characters of a log that are kept: the last ones. */
const LOG_LIMIT = 200_000;
/** Milliseconds that a process is given to end by itself. */
const GRACE_MS = 5_000;

export async function startLocal(entry: BrokerEntry, clock: Clock): Promise<StartedBroker> {
  const { local, title, name } = entry;
  if (local === undefined) {
    throw new CatalogueError('NO_RECIPE', `${title} can't be started without a container: leave out --local`);
  }
  const folder = await mkdtemp(join(tmpdir(), `mqttspec-${name}-`));
  const [ws = 0, tcp = 0, ...spare] = await freePorts(6);
  const ports = { ws, tcp };
  const start = local.prepare({ folder, ports, spare, program, npmPackage });
  if (start === undefined) {
    await rm(folder, { recursive: true, force: true });
    throw new CatalogueError('NOT_INSTALLED', `${title} is not installed here. ${local.install}`);
  }
  const broker = new LocalBroker(entry, { clock, folder, ports, start, startupMs: local.startupMs });
  await broker.start();
  return broker;
}

interface Plan {
  readonly clock: Clock;
  readonly folder: string;
  readonly ports: Doors;
  readonly start: LocalStart;
  readonly startupMs: number;
}

class LocalBroker implements StartedBroker {
  readonly wsUrl: string;
  readonly tcpUrl: string;
  readonly label: string;
  readonly #plan: Plan;
  #process: ChildProcess | undefined;
  #log = '';

  constructor(entry: BrokerEntry, plan: Plan) {
    this.#plan = plan;
    this.label = entry.title;
    this.wsUrl = `ws://127.0.0.1:${plan.ports.ws}${entry.path}`;
    this.tcpUrl = `mqtt://127.0.0.1:${plan.ports.tcp}`;
  }

  async start(): Promise<void> {
    const { folder, start, ports, clock, startupMs } = this.#plan;
    await write(folder, start.files);
    const child = spawn(start.command, start.args, {
      cwd: folder,
      env: { ...process.env, ...start.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that children of a shell script end with it.
      detached: true,
    });
    this.#process = child;
    let failure: Error | undefined;
    child.once('error', (error) => {
      failure = error;
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#log = (this.#log + chunk.toString('utf8')).slice(-LOG_LIMIT);
      });
    }
    const wanted = (start.doors ?? ['ws', 'tcp']).map((door) => ports[door]);
    const gone = (): boolean => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
    if (await listening(clock, wanted, startupMs, gone)) return;
    const why = failure?.message ?? (gone() ? 'it ended at once' : `it did not listen within ${startupMs / 1000} s`);
    const log = this.#log;
    await this.stop();
    throw new CatalogueError('START_FAILED', `${this.label} did not start: ${why}`, log);
  }

  log(): Promise<string> {
    return Promise.resolve(this.#log);
  }

  async restart(): Promise<void> {
    await this.end();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.#plan.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** SIGTERM to the group, and SIGKILL to what doesn't listen. */
  private async end(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child?.pid === undefined) return;
    const over = (): boolean => child.exitCode !== null || child.signalCode !== null;
    signalGroup(child.pid, 'SIGTERM');
    const until = this.#plan.clock.now() + GRACE_MS;
    while (!over() && this.#plan.clock.now() < until) await sleep(this.#plan.clock, 50);
    signalGroup(child.pid, 'SIGKILL');
    const { cleanUp, environment } = this.#plan.start;
    if (cleanUp !== undefined)
      spawnSync(cleanUp.command, cleanUp.args, { env: { ...process.env, ...environment }, stdio: 'ignore' });
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

async function write(folder: string, files: readonly FileToWrite[]): Promise<void> {
  for (const { path, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
