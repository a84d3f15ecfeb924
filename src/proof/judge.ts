/** What each world demands of an instance's result. */
import { severity, requirement, type RequirementKey } from '#spec';
import type { InstanceResult } from '#results';

/** Whether the result reports a broken duty that the case itself verifies. */
export function isCaught({ findings, verifies }: InstanceResult): boolean {
  return findings.some(
    (finding) => (finding.verdict === 'fail' || finding.verdict === 'warn') && verifies.includes(finding.requirement),
  );
}

/** Whether the result reports anything, under whatever requirement. */
export function isReported({ verdict }: InstanceResult): boolean {
  return verdict === 'fail' || verdict === 'warn';
}

/** Why a clean broker's result is not good enough; undefined: it is. */
export function faultOfClean(result: InstanceResult): string | undefined {
  return result.verdict === 'pass' || result.verdict === 'observed' ? undefined : told(result);
}

/** Why an allowed behaviour was not let through. */
export function faultOfVariant(result: InstanceResult): string | undefined {
  const { verdict, reason } = result;
  if (verdict === 'pass' || verdict === 'observed') return undefined;
  return verdict === 'skip' && reason !== undefined ? undefined : told(result);
}

/** `fail: 5.0/MQTT-3.1.0-2: still open`. */
export function told({ verdict, reason, findings }: InstanceResult): string {
  const worst = findings.find((finding) => finding.verdict === verdict) ?? findings[0];
  const what = worst === undefined ? (reason ?? 'no finding') : `${worst.requirement}: ${worst.message}`;
  return `${verdict}: ${what}`;
}

/** True where all that is verified is left open: then two brokers must be observed differently. */
export function isOpenOnly(verifies: readonly RequirementKey[]): boolean {
  return verifies.every((key) => severity(requirement(key).level) === 'observed');
}
