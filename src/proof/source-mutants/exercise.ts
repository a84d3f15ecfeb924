/** Runs the cases against a broker that was built with all its mutants: once to see where each comes, then for one mutant. */
import { instancesOf, type Instance } from '#kit';
import type { InstanceResult } from '#results';
import { CASES } from '#suites';
import { isCaught, isReported } from '../judge.ts';
import { forgetLearned, learnedIn } from '../lab.ts';
import { LAB_DOORS } from '../lab-target.ts';
import { provableCases } from '../prove.ts';
import { configured, ENDLESS, runOneAlone } from '../run-alone.ts';
import type { MutantSwitch } from './switch.ts';

/** What an instance does on the broker as it is. */
export interface Watched {
  readonly instance: string;
  readonly caseId: string;
  /** Mutants that it comes to, and those that may have made a difference there. */
  readonly reached: readonly number[];
  readonly differed: readonly number[];
  readonly milliseconds: number;
  /** Of verdict, steps and octets. */
  readonly digest: number;
}

export interface Trial {
  /**
   * `caught`: reported under a requirement of the case's own. `reported`: under another one. `unusable`: nobody reported
   * it, and it lets nobody in that it should: a run ends before its first case. `crashed`: the broker broke in all
   * instances that could tell. `survived`: nobody reported anything.
   */
  readonly outcome: 'caught' | 'reported' | 'unusable' | 'crashed' | 'survived';
  readonly by: string | undefined;
  /** Instances that were run. */
  readonly ran: number;
  /** Instances that went another way than on the broker as it is. */
  readonly differed: readonly string[];
}

/** Instances that are still tried after one in which the broker broke. */
const AFTER_CRASH = 12;
/** Names of instances that a trial keeps. */
const KEPT = 5;

export class Exercise {
  readonly #state: MutantSwitch;
  readonly #instances: readonly Instance[] = instancesOf(provableCases(CASES), LAB_DOORS);

  /** Made after the switch was installed, and before anything was run. */
  constructor(state: MutantSwitch) {
    this.#state = state;
  }

  /** What was reached while the modules were loaded. */
  loaded(): number[] {
    return indices(this.#state.differed);
  }

  async watch(onInstance: () => void): Promise<Watched[]> {
    const { reached, differed } = this.#state;
    const found: Watched[] = [];
    for (const instance of this.#instances) {
      onInstance();
      forgetLearned();
      reached.fill(0);
      differed.fill(0);
      const started = performance.now();
      const result = await this.#run(instance);
      const milliseconds = performance.now() - started;
      found.push({
        instance: instance.id,
        caseId: instance.case.id,
        reached: indices(reached),
        differed: indices(differed),
        milliseconds,
        digest: digestOf(result),
      });
    }
    return found;
  }

  /** Tries the instances in this order until one reports it. `digests` are those of `watch`, by instance. */
  async trial(
    mutant: number,
    order: readonly number[],
    digests: readonly number[],
    onInstance: (index: number) => void,
  ): Promise<Trial> {
    this.#state.active = mutant;
    forgetLearned();
    const differed: string[] = [];
    let reportedBy: string | undefined;
    let crashedBy: string | undefined;
    let unusableFor: string | undefined;
    let left = Infinity;
    let ran = 0;
    for (const index of order) {
      if (left === 0) break;
      const instance = this.#instances[index] as Instance;
      onInstance(index);
      if (unusableFor === undefined && !(await this.#isUsable(instance))) {
        unusableFor = instance.id;
        left = Math.min(left, AFTER_CRASH);
      }
      ran += 1;
      left -= 1;
      const result = await this.#run(instance).catch(() => undefined);
      if (result !== undefined && isCaught(result)) return { outcome: 'caught', by: instance.id, ran, differed };
      if (result !== undefined && isReported(result)) {
        reportedBy ??= instance.id;
        left = Math.min(left, AFTER_CRASH);
      } else if (result === undefined || result.verdict === 'error') {
        crashedBy ??= instance.id;
        left = Math.min(left, AFTER_CRASH);
      }
      if (differed.length === KEPT) continue;
      const same = result !== undefined && digestOf(result) === digests[index];
      if (!same) differed.push(instance.id);
    }
    if (reportedBy !== undefined) return { outcome: 'reported', by: reportedBy, ran, differed };
    if (unusableFor !== undefined) return { outcome: 'unusable', by: unusableFor, ran, differed };
    if (crashedBy !== undefined) return { outcome: 'crashed', by: crashedBy, ran, differed };
    return { outcome: 'survived', by: undefined, ran, differed };
  }

  /** Whether the harness is let in, with the target's own credentials. */
  async #isUsable(instance: Instance): Promise<boolean> {
    const learned = await learnedIn(configured(instance, {})).catch(() => undefined);
    return learned?.opened === true;
  }

  async #run(instance: Instance): Promise<InstanceResult> {
    const options = { maximumEvents: ENDLESS };
    await learnedIn(configured(instance, options));
    return runOneAlone(instance, options);
  }
}

const indices = (flags: Uint8Array): number[] => {
  const found: number[] = [];
  for (const [index, flag] of flags.entries()) if (flag === 1) found.push(index);
  return found;
};

/** FNV-1a of all that can be seen of a run. */
function digestOf({ verdict, steps, transcript }: InstanceResult): number {
  const text = JSON.stringify([verdict, steps, transcript]);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
