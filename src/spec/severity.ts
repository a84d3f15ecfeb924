import type { Level } from './types.ts';

/** What a broken requirement of this level means. */
export type Severity = 'fail' | 'warn' | 'observed';

/** A broken CONTRACT counts as `fail` only where the target declares that configuration; elsewhere it is not judged. */
const SEVERITIES = {
  MUST: 'fail',
  'MUST NOT': 'fail',
  CONTRACT: 'fail',
  SHOULD: 'warn',
  'SHOULD NOT': 'warn',
  DERIVED: 'warn',
  MAY: 'observed',
  OBSERVE: 'observed',
} as const satisfies Readonly<Record<Level, Severity>>;

/** What breaking a requirement of this level means (of a CONTRACT: where it is declared). */
export function severity(level: Level): Severity {
  return SEVERITIES[level];
}
