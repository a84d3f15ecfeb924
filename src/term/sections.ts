/** What became of each requirement, counted by section: the summary table. */
import { type Level, type RequirementKey, requirement } from '#spec';
import type { InstanceResult } from '#results';

export interface SectionRow {
  readonly section: string;
  readonly must: Ratio;
  readonly should: Ratio;
  /** MAY and OBSERVE: which way was taken is known. */
  readonly observed: number;
  /** Only skipped, inconclusive or not run. */
  readonly skipped: number;
}

export interface Ratio {
  readonly met: number;
  readonly exercised: number;
}

type Outcome = 'violated' | 'exercised' | 'skipped';
type Kind = 'must' | 'should' | 'open';

const KINDS = {
  MUST: 'must',
  'MUST NOT': 'must',
  CONTRACT: 'must',
  SHOULD: 'should',
  'SHOULD NOT': 'should',
  DERIVED: 'should',
  MAY: 'open',
  OBSERVE: 'open',
} as const satisfies Record<Level, Kind>;

const SECTIONS: readonly (readonly [prefix: string, title: string])[] = [
  ['ws/', 'WebSocket (RFC 6455, RFC 7692)'],
  ['tls/', 'TLS'],
  ['cert/', 'client certificates'],
  ['3.1.1/', 'MQTT 3.1.1'],
  ['5.0/', 'MQTT 5.0'],
];

export function sectionRows(cases: readonly InstanceResult[]): SectionRow[] {
  const outcomes = requirementOutcomes(cases);
  return SECTIONS.flatMap(([prefix, section]) => {
    const of = [...outcomes].filter(([key]) => key.startsWith(prefix));
    return of.length === 0 ? [] : [{ section, ...countOutcomes(of) }];
  });
}

/** The worst that any instance says of a requirement counts. */
export function requirementOutcomes(cases: readonly InstanceResult[]): Map<RequirementKey, Outcome> {
  const outcomes = new Map<RequirementKey, Outcome>();
  for (const one of cases) {
    for (const key of one.verifies) set(outcomes, key, isExercised(one) ? 'exercised' : 'skipped');
    for (const { requirement, verdict } of one.findings) {
      if (verdict === 'fail' || verdict === 'warn') set(outcomes, requirement, 'violated');
    }
  }
  return outcomes;
}

const isExercised = ({ verdict }: InstanceResult): boolean =>
  verdict === 'pass' || verdict === 'observed' || verdict === 'warn';

const RANK = { skipped: 0, exercised: 1, violated: 2 } as const;

function set(outcomes: Map<RequirementKey, Outcome>, key: RequirementKey, outcome: Outcome): void {
  if (RANK[outcome] >= RANK[outcomes.get(key) ?? 'skipped']) outcomes.set(key, outcome);
}

function countOutcomes(outcomes: readonly (readonly [RequirementKey, Outcome])[]): Omit<SectionRow, 'section'> {
  const count = (kind: Kind, outcome: Outcome): number =>
    outcomes.filter(([key, one]) => one === outcome && KINDS[requirement(key).level] === kind).length;
  const ratio = (kind: Kind): Ratio => {
    const met = count(kind, 'exercised');
    return { met, exercised: met + count(kind, 'violated') };
  };
  const skipped = outcomes.filter(([, one]) => one === 'skipped').length;
  return { must: ratio('must'), should: ratio('should'), observed: count('open', 'exercised'), skipped };
}
