/** The script for stock k6. */
import { options, runVirtualUser } from './run.ts';
import { WebSocketClient } from './websocket-client.ts';

export { options };

export default function (): void {
  runVirtualUser((setup, listener) => new WebSocketClient(setup, listener));
}
