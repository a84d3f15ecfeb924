/** What a thread of the engine runs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ToWorker, WorkerSetup } from './contract.ts';
import { WorkerCore } from './worker-core.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const core = new WorkerCore(workerData as WorkerSetup, (message) => parentPort?.postMessage(message));
parentPort?.on('message', (message: ToWorker) => core.receive(message));
