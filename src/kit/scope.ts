/** What everything inside one instance shares. */
import type { Clock, SeededRandom, Timer } from '#io';
import type { Dial, Recorder } from '#net';
import type { RequirementKey } from '#spec';
import type { Target } from '#target';
import type { Instance } from './case.ts';
import type { FindingInput, Findings } from './findings.ts';
import type { Drivers } from './foreign.ts';
import type { Leftovers } from './leftovers.ts';
import { Aborted, Unmet } from './outcomes.ts';

import type { Story } from './story.ts';

/** Deadlines of a target in milliseconds, calibrated. */
export interface Timing {
  /** For an answer. */
  readonly replyMs: number;
  /** Until a subscription or a retained message has taken effect. */
  readonly settleMs: number;
  /** For closing a connection. */
  readonly graceMs: number;
  /** To the broker and back, as it usually is. Absent: nothing to speak of. */
  readonly roundTripMs?: number;
}

/** What the target was found to be able to, as far as cases must know it before they speak. */
export interface Capabilities {
  /** From CONNACK of 5.0; 10 where unknown (BROKERS.md, lesson 6). */
  readonly receiveMaximum?: number;
  readonly maximumQos?: number;
  readonly maximumPacketSize?: number;
}

export interface Scope {
  readonly instance: Instance;
  readonly clock: Clock;
  readonly dial: Dial;
  readonly target: Target;
  readonly timing: Timing;
  readonly capabilities: Capabilities;
  readonly random: SeededRandom;
  readonly recorder: Recorder;
  readonly findings: Findings;
  readonly story: Story;
  readonly leftovers: Leftovers;
  readonly drivers?: Drivers;
  readonly signal: AbortSignal;
  /** What a judgement concerns where the case doesn't say. */
  readonly requirement: RequirementKey;
}

/** Records a finding and ends the body. */
export function unmet(
  scope: Scope,
  input: Omit<FindingInput, 'requirement'> & { readonly requirement?: RequirementKey },
): never {
  scope.findings.add({ requirement: scope.requirement, ...input });
  throw new Unmet(input.message);
}

/** Who waits under a signal: one listener for all of them, because a listener costs more than most waits. */
const WAITERS = new WeakMap<AbortSignal, Set<() => void>>();

function waitersOf(signal: AbortSignal): Set<() => void> {
  const known = WAITERS.get(signal);
  if (known !== undefined) return known;
  const waiters = new Set<() => void>();
  WAITERS.set(signal, waiters);
  signal.addEventListener('abort', () => waiters.forEach((wake) => wake()), { once: true });
  return waiters;
}

/** Something that is waited for by name: it comes, or its deadline does. */
export class Waiting<T> {
  readonly promise: Promise<T | undefined>;
  #resolve!: (value: T | undefined) => void;
  #timer: Timer;
  readonly #signal: AbortSignal;
  readonly #onAbort: () => void;

  constructor(scope: Pick<Scope, 'clock' | 'signal'>, ms: number) {
    this.#signal = scope.signal;
    let reject!: (reason: Error) => void;
    this.promise = new Promise((resolve, onReject) => {
      this.#resolve = resolve;
      reject = onReject;
    });
    // What came while this process had no turn lies in the socket still: it is read before the deadline counts.
    this.#timer = scope.clock.after(ms, () => {
      this.#timer = scope.clock.after(0, () => this.settle(undefined));
    });
    this.#onAbort = () => {
      this.#timer.cancel();
      reject(new Aborted('the run was ended'));
    };
    if (scope.signal.aborted) this.#onAbort();
    else waitersOf(scope.signal).add(this.#onAbort);
  }

  settle(value: T | undefined): void {
    this.#timer.cancel();
    waitersOf(this.#signal).delete(this.#onAbort);
    this.#resolve(value);
  }
}
