/** The script for a k6 with grafana/xk6-mqtt. */
import { ExtensionClient } from './extension-client.ts';
import { handleSummary, options, runVirtualUser } from './run.ts';

export { handleSummary, options };

export default function (): void {
  runVirtualUser((setup, listener) => new ExtensionClient(setup, listener));
}
