/** Results of instances that were not run, or broke the lab itself. */
import type { Instance } from '#kit';
import type { InstanceResult } from '#results';
import type { Verdict } from '#spec';

export function skippedResult(instance: Instance, reason: string): InstanceResult {
  return unrun(instance, 'skip', reason);
}

export function brokenResult(instance: Instance, error: unknown): InstanceResult {
  return unrun(instance, 'error', error instanceof Error ? error.message : String(error));
}

function unrun(instance: Instance, verdict: Verdict, reason: string): InstanceResult {
  const { row, version, versioned, verifies, transport } = instance;
  const { id, suite, title } = instance.case;
  return {
    instance: instance.id,
    id,
    ...(row === undefined ? {} : { row }),
    ...(versioned ? { version } : {}),
    transport,
    suite,
    title,
    verdict,
    reason,
    verifies,
    steps: [],
    findings: [],
    startedMs: 0,
    durationMs: 0,
    attempts: 1,
  };
}
