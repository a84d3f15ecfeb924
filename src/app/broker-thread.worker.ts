/** What the broker's thread runs. */
import { parentPort } from 'node:worker_threads';
import { startBroker } from '#broker';

export type FromBrokerThread =
  { readonly type: 'ready'; readonly wsUrl: string } | { readonly type: 'failed'; readonly message: string };
export interface ToBrokerThread {
  readonly type: 'close';
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (message: FromBrokerThread): void => parentPort?.postMessage(message);

try {
  const broker = await startBroker();
  // What the broker still has planned for connections that are gone must not hold whoever waits for its end.
  parentPort?.once('message', () => void broker.close().then(() => process.exit()));
  tell({ type: 'ready', wsUrl: broker.wsUrl });
} catch (error) {
  tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
}
