/** Runs a plan against a target: the public face of the embedded engine. */
import { lookup } from 'node:dns/promises';
import { availableParallelism } from 'node:os';
import type { LoadPoint, LoadResult, Threshold } from '#results';
import type { Target } from '#target';
import type { Plan } from '../profiles/plan.ts';
import { assemble } from './assemble.ts';
import { Conductor } from './conductor.ts';
import type { ClientCertificate, SharedTables, WorkerSetup } from './contract.ts';
import { makeTables } from './tables.ts';
import { Tally, type LiveTotals } from './tally.ts';
import { startInline, startThread, type EngineThread } from './threads.ts';
import { threadsFor } from './threads-for.ts';
import { now } from './time.ts';

export interface LoadProgress {
  readonly stage: string;
  /** Milliseconds since the run began. */
  readonly atMs: number;
  /** Of the newest second. */
  readonly point: LoadPoint | undefined;
  /** All until now: costs something, so it is asked for. */
  readonly totals: () => LiveTotals;
}

export interface LoadOptions {
  readonly plan: Plan;
  /** Its first endpoint is loaded. */
  readonly target: Target;
  /** What the broker is called. */
  readonly label: string;
  readonly toolVersion: string;
  /** The command that repeats the run, secrets left out. */
  readonly command: string;
  /** Threads; 0: none, all in this one. Default: as many as the load needs, and there are cores. */
  readonly workers?: number;
  readonly sources?: readonly string[];
  readonly certificates?: readonly ClientCertificate[];
  /** Offer permessage-deflate (RFC 7692) on each WebSocket. Default: no. */
  readonly deflate?: boolean;
  /** The run is stopped as soon as one of them is crossed. */
  readonly stopOn?: readonly Threshold[];
  /** Ends the run in order: what was done until then is the result. */
  readonly signal?: AbortSignal;
  /** 130 or 143, once the signal came from outside. */
  readonly signalled?: () => number | undefined;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** An error of ours, in a thread. */
export class EngineError extends Error {
  readonly code = 'LOAD_ENGINE';
  override readonly name = 'EngineError';
}

/** Never throws for what the broker does; throws `EngineError` where a thread broke. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { plan, onProgress } = options;
  const startedAt = new Date();
  const cpuBefore = process.cpuUsage();
  const count = options.workers ?? threadsFor(plan, availableParallelism());
  const tally = new Tally();
  const originMs = now();
  const threads: EngineThread[] = [];
  const tables = makeTables(plan);
  const conductor = new Conductor({
    lastWillDue: () => tables.killedAt.reduce((latest, at) => Math.max(latest, at), 0),
    plan,
    threads,
    tally,
    originMs,
    stopOn: options.stopOn ?? [],
    signal: options.signal,
    onLook: (stage, atMs) => {
      const rss = residentBytes();
      if (rss !== undefined) tally.memory(atMs, rss);
      onProgress?.({ stage, atMs, point: tally.last, totals: () => tally.live });
    },
  });
  try {
    await startAll(options, { count, originMs, conductor, threads, tables });
    const conducted = await conductor.conduct();
    if (conducted.failure !== undefined)
      throw Object.assign(new EngineError(conducted.failure.message), { stack: conducted.failure.stack });
    const used = process.cpuUsage(cpuBefore);
    const cpuSeconds = (used.user + used.system) / 1e6;
    return assemble({ options, conducted, tally, startedAt, durationMs: now() - originMs, workers: count, cpuSeconds });
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}

interface Starting {
  readonly count: number;
  readonly originMs: number;
  readonly conductor: Conductor;
  readonly threads: EngineThread[];
  readonly tables: SharedTables;
}

async function startAll(
  options: LoadOptions,
  { count, originMs, conductor, threads, tables }: Starting,
): Promise<void> {
  const { plan, target } = options;
  const [endpoint] = target.endpoints;
  // One look-up for all connections: the name service is not what is measured.
  const { address } = await lookup(endpoint.host);
  const workers = Math.max(1, count);
  const start = count === 0 ? startInline : startThread;
  const ready = Array.from({ length: workers }, (_, worker) => {
    const setup: WorkerSetup = {
      plan,
      endpoint,
      address,
      tls: target.tls,
      certificates: options.certificates ?? [],
      credentials: target.credentials,
      headers: target.headers,
      sources: options.sources ?? [],
      deflate: options.deflate === true,
      worker,
      workers,
      tables,
      originMs,
    };
    return new Promise<void>((resolve) => {
      const thread = start(setup, (message) => {
        conductor.hear(worker, message);
        if (message.type === 'ready' || message.type === 'failed') resolve();
      });
      threads.push(thread);
    });
  });
  await Promise.all(ready);
}

/** Undefined where no descriptor is left to ask with. */
function residentBytes(): number | undefined {
  try {
    return process.memoryUsage.rss();
  } catch {
    return undefined;
  }
}
