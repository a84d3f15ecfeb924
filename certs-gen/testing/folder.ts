import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone afterwards. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'mqttspec-certs-'));

  /** A place inside it. */
  at(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
