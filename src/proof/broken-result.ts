/** The result of an instance that broke the lab itself. */
import type { Instance } from '#kit';
import type { InstanceResult } from '#results';

export function brokenResult(instance: Instance, error: unknown): InstanceResult {
  return {
    instance: instance.id,
    id: instance.case.id,
    ...(instance.row === undefined ? {} : { row: instance.row }),
    ...(instance.versioned ? { version: instance.version } : {}),
    transport: instance.transport,
    suite: instance.case.suite,
    title: instance.case.title,
    verdict: 'error',
    reason: error instanceof Error ? error.message : String(error),
    verifies: instance.verifies,
    steps: [],
    findings: [],
    startedMs: 0,
    durationMs: 0,
    attempts: 1,
  };
}
