/** The bundled broker on a thread of its own: where it is what is checked, both cores work. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { startReferenceBroker } from './reference-broker.ts';
import type { FromBrokerThread, ToBrokerThread } from './broker-thread.worker.ts';

/** A strict broker that listens on free ports of this machine. */
export interface ThreadedBroker {
  readonly wsUrl: string;
  /** Resolves when it is gone. */
  close(): Promise<void>;
}

/** Mebibytes: connections come and go by the thousand, and a small nursery was a fifth of the thread's time. */
const YOUNG_MB = 64;

const WORKER = new URL('./broker-thread.worker.js', import.meta.url);

/** Rejects with why it could not be started. Where there is one core only, or only sources to run, it stays in this thread. */
export function startBrokerThread(): Promise<ThreadedBroker> {
  return availableParallelism() > 1 && existsSync(WORKER) ? threaded() : startReferenceBroker();
}

function threaded(): Promise<ThreadedBroker> {
  const worker = new Worker(WORKER, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const tell = (message: ToBrokerThread): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(message);
  };
  return new Promise((resolve, reject) => {
    worker.once('message', (message: FromBrokerThread) => {
      if (message.type === 'failed') return reject(new Error(message.message));
      resolve({
        wsUrl: message.wsUrl,
        close: () => {
          tell({ type: 'close' });
          return gone;
        },
      });
    });
    // Once it listens, a broker that breaks is found dead by those who check it.
    worker.on('error', reject);
    void gone.then(() => reject(new Error('the bundled broker ended before it listened')));
  });
}
