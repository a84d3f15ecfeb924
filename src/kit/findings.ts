/** What an instance found, and the verdict that follows. */
import { requirement, type Level, type Need, type RequirementKey, type Verdict } from '#spec';
import type { Clock } from '#io';
import type { Finding } from '#results';

/** What one broken requirement means (DESIGN.md, Words: level). */
export function verdictOfLevel(level: Level, contractDeclared: boolean): Finding['verdict'] | undefined {
  switch (level) {
    case 'MUST':
    case 'MUST NOT':
      return 'fail';
    case 'CONTRACT':
      return contractDeclared ? 'fail' : undefined;
    case 'SHOULD':
    case 'SHOULD NOT':
    case 'DERIVED':
      return 'warn';
    case 'MAY':
    case 'OBSERVE':
      return 'observed';
  }
}

export interface FindingInput {
  readonly requirement: RequirementKey;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly evidence?: Finding['evidence'];
  readonly by?: Finding['by'];
  readonly entry?: number;
}

const WORST_FIRST = ['error', 'fail', 'inconclusive', 'warn', 'observed'] as const satisfies readonly Verdict[];

export class Findings {
  readonly list: Finding[] = [];
  readonly #clock: Clock;
  readonly #start: number;
  readonly #declared: readonly Need[];

  constructor(clock: Clock, declared: readonly Need[]) {
    this.#clock = clock;
    this.#start = clock.now();
    this.#declared = declared;
  }

  get elapsed(): number {
    return this.#clock.now() - this.#start;
  }

  /** Judges by the level of the requirement; the same one with the same words counts once. */
  add(input: FindingInput): void {
    const known = requirement(input.requirement);
    const declared = known.needs.length > 0 && known.needs.every((need) => this.#declared.includes(need));
    const verdict = verdictOfLevel(known.level, declared);
    if (verdict === undefined) return;
    this.push({ evidence: 'wire', by: 'case', ...input, level: known.level, verdict, at: this.elapsed });
  }

  /** Nothing was judged: the set-up didn't come about, though nothing was violated. */
  inconclusive(key: RequirementKey, message: string): void {
    const { level } = requirement(key);
    this.push({
      requirement: key,
      level,
      verdict: 'inconclusive',
      message,
      at: this.elapsed,
      evidence: 'wire',
      by: 'case',
    });
  }

  error(key: RequirementKey, message: string): void {
    const { level } = requirement(key);
    this.push({ requirement: key, level, verdict: 'error', message, at: this.elapsed, evidence: 'wire', by: 'case' });
  }

  private push(finding: Finding): void {
    const twin = this.list.some((f) => f.requirement === finding.requirement && f.message === finding.message);
    if (!twin) this.list.push(finding);
  }

  /** The worst of all; undefined where nothing was found. */
  get worst(): Finding['verdict'] | undefined {
    return WORST_FIRST.find((verdict) => this.list.some((finding) => finding.verdict === verdict));
  }
}
