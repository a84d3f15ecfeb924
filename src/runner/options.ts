import type { Clock } from '#io';
import type { Case, Drivers, Risk } from '#kit';
import type { Dial } from '#net';
import type { RunListener, ToolIdentity } from '#results';
import type { Target } from '#target';

export interface RunCasesOptions {
  readonly cases: readonly Case[];
  readonly target: Target;
  readonly tool: ToolIdentity;
  readonly clock: Clock;
  readonly dial: Dial;
  /** What the reports call the broker. Default: what it says of itself. */
  readonly label?: string;
  /** What it is called where it says nothing of itself. Default: its address. */
  readonly knownAs?: string;
  /** The command that repeats the run, secrets left out. */
  readonly command?: string;
  /** Selection grammar (`selection.ts`). Absent: everything. */
  readonly selection?: string;
  /** Seeds the order and all random values. Default: a random one. */
  readonly seed?: string;
  /** Default `RUN_LIMITS.concurrency`, more where the way to the broker is long. */
  readonly concurrency?: number;
  readonly listeners?: readonly RunListener[];
  /** Ends the run; what was done until then is the result. */
  readonly signal?: AbortSignal;
  /** Risks beyond `gentle` on a target that is not loopback; there all are allowed. */
  readonly allow?: readonly Risk[];
  readonly strict?: boolean;
  readonly allowInconclusive?: boolean;
  /** Milliseconds for the whole run. Default `RUN_LIMITS.timeLimitMs`. */
  readonly timeLimitMs?: number;
  /** Clients of other hands; absent: their cases are skipped. */
  readonly drivers?: Drivers;
  /** Starts the broker again after it went down; absent: the rest is not run. */
  readonly restart?: () => Promise<void>;
  /** ISO 8601 of now; only the identity of the run needs it. */
  readonly startedAt?: string;
}
