/** What is written in front of the bundled script: the plan, and how this run is made. Plain JSON; it holds no secret. */
import type { Plan } from '../../profiles/plan.ts';

export interface ScriptConfig {
  readonly engine: 'k6' | 'xk6-mqtt';
  readonly plan: Plan;
  /** `MQTTSPEC_URL` in the environment of k6 stands above it. */
  readonly url: string;
  /** Headers of the upgrade; `MQTTSPEC_HEADERS` (JSON) stands above it. */
  readonly headers: Readonly<Record<string, string>>;
  /** `MQTTSPEC_USERNAME` stands above it; the password is only in `MQTTSPEC_PASSWORD`. */
  readonly username?: string;
  /** Virtual users, of all runners together: client `i` of a population lives in the one with `idInTest` of `i % users + 1`. */
  readonly users: number;
  /** Milliseconds between two looks at the schedule. */
  readonly tickMs: number;
  /** What a stage without a length of its own gets for stragglers, as virtual users can't wait for each other. */
  readonly settleSeconds: number;
  /** Also as k6 metrics, one sample a message: what k6's own thresholds, outputs and dashboard need. Costs CPU and memory. */
  readonly metrics: boolean;
  /** Each virtual user prints what it has counted as lines that `mqttspec load merge` reads. `MQTTSPEC_RECORDS=1` turns it on. */
  readonly records: boolean;
  readonly insecure: boolean;
}

export const TICK_MS = 20;
export const SETTLE_SECONDS = 2;

/** Sends that come later than this by our own fault are late: the tick is no fault, and is said in the result. */
export function lateLimitMs(tickMs: number): number {
  return 5 + tickMs;
}
