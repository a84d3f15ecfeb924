/** Threads of the engine, or one that is this thread itself. */
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerSetup } from './contract.ts';
import { WorkerCore } from './worker-core.ts';

export interface EngineThread {
  send(message: ToWorker): void;
  stop(): Promise<void>;
}

export type Listen = (message: FromWorker) => void;

/** Starts the built worker: a thread cannot load TypeScript. */
export function startThread(setup: WorkerSetup, listen: Listen): EngineThread {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: setup, execArgv: [] });
  worker.on('message', listen);
  worker.on('error', (error) => {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    listen({ type: 'failed', message, stack });
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    send: (message) => worker.postMessage(message),
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** All in this thread: for tests, and for programs that want it so. */
export function startInline(setup: WorkerSetup, listen: Listen): EngineThread {
  const core = new WorkerCore(setup, (message) => queueMicrotask(() => listen(structuredClone(message))));
  return { send: (message) => core.receive(message), stop: () => Promise.resolve() };
}
