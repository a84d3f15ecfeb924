/** A broker that died is one finding, however many instances noticed it. */
import type { Instance } from '#kit';
import type { Finding, InstanceResult } from '#results';
import { requirement } from '#spec';

export interface Suspect {
  readonly instance: Instance;
  readonly result: InstanceResult;
  /** Milliseconds of the clock. */
  readonly endedAt: number;
  /** The harness was late meanwhile, or the broker slow with everybody: only what is seen again counts. */
  readonly doubted?: boolean;
}

const RISKS = ['destructive', 'intrusive', 'gentle'] as const;

/** The one that is named: the riskiest, and of these the one that noticed first. */
export function mostSuspect(suspects: readonly Suspect[]): Suspect | undefined {
  const rank = ({ instance }: Suspect): number => RISKS.indexOf(instance.case.risk ?? 'gentle');
  return [...suspects].sort((a, b) => rank(a) - rank(b) || a.endedAt - b.endedAt)[0];
}

/** `others` ran at the same time: it may have been one of them. */
export function deathResult({ instance, result }: Suspect, how: string, others: readonly string[]): InstanceResult {
  const [primary] = instance.verifies;
  if (primary === undefined) return result;
  const shown = others.slice(0, 5).join(', ');
  const beside =
    others.length === 0 ? '' : `; beside it ran ${shown}${others.length > 5 ? ` and ${others.length - 5} more` : ''}`;
  const message = `the broker is down after ${instance.id}: ${how}${beside}`;
  const finding: Finding = {
    requirement: primary,
    level: requirement(primary).level,
    verdict: 'fail',
    message,
    expected: 'a broker that serves new clients',
    actual: how,
    at: result.durationMs,
    evidence: 'wire',
    by: 'case',
  };
  return {
    ...result,
    verdict: 'fail',
    reason: message,
    expected: 'a broker that serves new clients',
    actual: how,
    findings: [...result.findings, finding],
    attempts: Math.max(1, result.attempts),
  };
}
