/** What a virtual user tells each second while it runs, over the line to whoever started it. */
import type { Counts, RecordedPoint } from './record.ts';

export interface Told {
  readonly user: number;
  /** Index in the plan; -1 before the first. */
  readonly stage: number;
  /** Seconds of the schedule that have passed. */
  readonly second: number;
  /** The seconds since it told the last time. */
  readonly points: readonly RecordedPoint[];
  /** Of the whole run, until now. */
  readonly whole: Counts;
}
