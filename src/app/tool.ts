/** What this is, as results name it. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Case } from '#kit';
import type { ToolIdentity } from '#results';

export function toolIdentity(cases: readonly Case[]): ToolIdentity {
  const { version } = createRequire(import.meta.url)('mqttspec/package.json') as { readonly version: string };
  return { name: 'mqttspec', version, suiteVersion: suiteVersion(cases), node: process.versions.node };
}

/** Of all that decides a verdict: another body, row or requirement makes another suite. */
function suiteVersion(cases: readonly Case[]): string {
  const hash = createHash('sha256');
  for (const { id, verifies, rows, needs, run } of cases) {
    hash.update(JSON.stringify([id, verifies, rows, needs, run], written));
  }
  return hash.digest('hex').slice(0, 8);
}

/** What JSON leaves out or refuses, but rows hold. */
function written(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'bigint' || typeof value === 'function' ? String(value) : value;
}
