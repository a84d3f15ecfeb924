/** The answer of a run, computed from its instances: counts, one sentence, exit code. */
import { REQUIREMENTS, VERDICTS, type Level, type RequirementKey, type Verdict } from '#spec';
import { endedEarly } from './ended-early.ts';
import type { Conclusion, InstanceResult, RunIdentity } from './run-result.ts';

export interface ConclusionInput {
  readonly cases: readonly InstanceResult[];
  /** What the broker is called. */
  readonly label: string;
  /** What was left out of what the target could have been asked, and why. */
  readonly leftOut: readonly string[];
  /** True where only a part was selected. */
  readonly partial: boolean;
  readonly ended?: RunIdentity['ended'];
  readonly strict?: boolean;
  readonly allowInconclusive?: boolean;
}

/** DESIGN.md, "Results and reports". */
export const EXIT_CODES = {
  conforms: 0,
  violated: 1,
  notExercised: 3,
  error: 4,
  inconclusive: 5,
  interrupted: 130,
} as const;

export function conclude(input: ConclusionInput): Conclusion {
  const counts = countVerdicts(input.cases);
  const must = countRequirements(input.cases, isMust);
  const should = countRequirements(input.cases, isShould);
  const known = { counts, must, should };
  return {
    exitCode: exitCode(input, known),
    sentence: sentence(input, known),
    counts,
    must,
    should: { exercised: should.exercised, violated: should.violated },
    leftOut: input.leftOut,
  };
}

const isMust = (level: Level): boolean => level === 'MUST' || level === 'MUST NOT';
const isShould = (level: Level): boolean => level === 'SHOULD' || level === 'SHOULD NOT';

type Known = Pick<Conclusion, 'counts' | 'must' | 'should'>;

function countVerdicts(cases: readonly InstanceResult[]): { readonly [V in Verdict]: number } {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as { [V in Verdict]: number };
  for (const { verdict } of cases) counts[verdict] += 1;
  return counts;
}

/** An instance that came to its end puts all to the test that it verifies; one that failed only what it found. */
const COMPLETE: readonly Verdict[] = ['pass', 'warn', 'observed'];

/** By requirement, not by instance: many instances may verify one, and one may be violated in a case of another. */
function countRequirements(cases: readonly InstanceResult[], counts: (level: Level) => boolean): Conclusion['must'] {
  const applicable = new Set<RequirementKey>();
  const exercised = new Set<RequirementKey>();
  const violated = new Set<RequirementKey>();
  for (const { verdict, verifies, findings } of cases) {
    if (verdict !== 'skip') for (const key of verifies) applicable.add(key);
    if (COMPLETE.includes(verdict)) for (const key of verifies) exercised.add(key);
    for (const finding of findings) {
      if (finding.verdict !== 'fail' && finding.verdict !== 'warn') continue;
      // A flickering finding is told, but not held against the broker.
      if (verdict === 'inconclusive' || verdict === 'not-run' || verdict === 'error') continue;
      for (const set of [applicable, exercised, violated]) set.add(finding.requirement);
    }
  }
  const size = (keys: ReadonlySet<RequirementKey>): number =>
    [...keys].filter((key) => counts(REQUIREMENTS.get(key)?.level ?? 'OBSERVE')).length;
  return { exercised: size(exercised), violated: size(violated), applicable: size(applicable) };
}

function exitCode({ cases, ended, strict, allowInconclusive }: ConclusionInput, { counts }: Known): number {
  if (ended === 'interrupted') return EXIT_CODES.interrupted;
  if (counts.fail > 0 || (strict === true && counts.warn > 0)) return EXIT_CODES.violated;
  if (counts.error > 0) return EXIT_CODES.error;
  const open = counts.inconclusive > 0 && allowInconclusive !== true;
  if (!open && !cases.some(({ verdict }) => COMPLETE.includes(verdict))) return EXIT_CODES.notExercised;
  return open || (ended === 'time-limit' && allowInconclusive !== true) ? EXIT_CODES.inconclusive : EXIT_CODES.conforms;
}

function sentence(input: ConclusionInput, { counts, must, should }: Known): string {
  const { label, partial, ended, strict, leftOut } = input;
  const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const of = `${must.applicable} applicable MUST requirement${must.applicable === 1 ? '' : 's'}`;
  const without = leftOut.length === 0 ? '' : `; left out: ${leftOut.join(', ')}`;
  const scope = `${partial ? ' (partial run)' : ''}${endedEarly(ended)}${without}`;
  if (must.violated > 0) return `${label} does not conform: ${must.violated} of ${of} violated${scope}`;
  // A CONTRACT that the target declares counts as fail without being a MUST.
  if (counts.fail > 0) return `${label} does not keep what it declares: ${many(counts.fail, 'failed case')}${scope}`;
  if (counts.error > 0)
    return `the harness broke in ${many(counts.error, 'case')}: that is our bug, and ${label} is not judged${scope}`;
  if (must.exercised + should.exercised + counts.pass + counts.observed + counts.warn === 0) {
    return `nothing was exercised, so nothing is known about ${label}${scope}`;
  }
  if (strict === true && counts.warn > 0) {
    return `${label} violates no MUST, but ${many(counts.warn, 'warning')} (--strict)${scope}`;
  }
  if (must.exercised < must.applicable || counts.inconclusive > 0 || counts['not-run'] > 0) {
    return `${label} is not known to conform: no violation, but only ${must.exercised} of ${of} exercised${scope}`;
  }
  if (must.applicable === 0) return `${label} violates nothing that was asked; no MUST was among it${scope}`;
  return `${label} conforms${partial ? ' as far as it was asked' : ''}: ${of} exercised and met${scope}`;
}
