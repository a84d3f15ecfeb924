/** The script for stock k6. */
import { handleSummary, options, runVirtualUser } from './run.ts';
import { WebSocketClient } from './websocket-client.ts';

export { handleSummary, options };

export default function (): void {
  runVirtualUser((setup, listener) => new WebSocketClient(setup, listener));
}
