import type { Instance } from '#kit';
import type { InstanceResult } from '#results';
import type { Verdict } from '#spec';

/** The result of an instance that has not run. */
export function blankResult(
  instance: Instance,
  verdict: Extract<Verdict, 'skip' | 'not-run' | 'error'>,
  reason: string,
): InstanceResult {
  return {
    instance: instance.id,
    id: instance.case.id,
    ...(instance.row === undefined ? {} : { row: instance.row }),
    ...(instance.versioned ? { version: instance.version } : {}),
    transport: instance.transport,
    suite: instance.case.suite,
    title: instance.case.title,
    verdict,
    reason,
    verifies: instance.verifies,
    steps: [],
    findings: [],
    startedMs: 0,
    durationMs: 0,
    attempts: verdict === 'error' ? 1 : 0,
  };
}
