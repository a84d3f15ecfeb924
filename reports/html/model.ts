/** Several results as the page sees them: columns, rows, sections. */
import { alignResults, type InstanceResult, type RunResult } from '#results';
import { REQUIREMENTS, type Level, type RequirementKey, type Verdict } from '#spec';
import { bySection, type Section } from '../section.ts';

export interface Column {
  readonly index: number;
  /** Unique among the columns. */
  readonly label: string;
  readonly result: RunResult;
}

export interface Row {
  /** Among all rows of the document, from 0. */
  readonly index: number;
  /** `c12`: name of the case page in the document. */
  readonly anchor: string;
  readonly key: string;
  /** By column. */
  readonly instances: readonly (InstanceResult | undefined)[];
  /** Any of them: what all have in common. */
  readonly common: InstanceResult;
  /** All that it verifies, and all that was found anywhere. */
  readonly requirements: readonly RequirementKey[];
}

export interface Model {
  readonly columns: readonly Column[];
  readonly sections: readonly Section<Row>[];
  readonly rows: readonly Row[];
}

export function modelOf(results: readonly RunResult[]): Model {
  const columns = results.map((result, index) => ({ index, result, label: labelOf(results, index) }));
  const aligned = alignResults(results).flatMap(({ key, instances }) => {
    const common = instances.find((one) => one !== undefined);
    return common === undefined ? [] : [{ key, instances, common, requirements: requirementsOf(instances) }];
  });
  let count = 0;
  const sections = bySection(aligned, ({ common }) => common).map(({ name, items }) => ({
    name,
    items: items.map((row) => ({ ...row, index: count, anchor: `c${++count}` })),
  }));
  return { columns, sections, rows: sections.flatMap(({ items }) => items) };
}

/** Two runs of the same broker are told apart by their start, or by their place. */
function labelOf(results: readonly RunResult[], index: number): string {
  const own = results[index] as RunResult;
  const same = results.filter(({ target }) => target.label === own.target.label);
  if (same.length === 1) return own.target.label;
  const start = own.run.startedAt.slice(0, 16).replace('T', ' ');
  const unique = same.filter(({ run }) => run.startedAt.startsWith(own.run.startedAt.slice(0, 16))).length === 1;
  return `${own.target.label} (${unique ? start : `run ${index + 1}`})`;
}

function requirementsOf(instances: readonly (InstanceResult | undefined)[]): RequirementKey[] {
  const keys = instances.flatMap((one) => [
    ...(one?.verifies ?? []),
    ...(one?.findings.map((f) => f.requirement) ?? []),
  ]);
  return [...new Set(keys)];
}

/** Those that somebody has to look at. */
const NOTABLE: readonly Verdict[] = ['fail', 'error', 'inconclusive', 'warn'];

export const isNotable = (one: InstanceResult | undefined): boolean =>
  one !== undefined && NOTABLE.includes(one.verdict);

export const LEVEL_CLASSES = ['MUST', 'SHOULD', 'open'] as const;
export type LevelClass = (typeof LEVEL_CLASSES)[number];

const CLASS_OF = {
  MUST: 'MUST',
  'MUST NOT': 'MUST',
  CONTRACT: 'MUST',
  SHOULD: 'SHOULD',
  'SHOULD NOT': 'SHOULD',
  DERIVED: 'SHOULD',
  MAY: 'open',
  OBSERVE: 'open',
} as const satisfies Readonly<Record<Level, LevelClass>>;

const levelClass = (level: Level): LevelClass => CLASS_OF[level];

/** What the catalogue doesn't know binds. */
export const classesOf = (keys: readonly RequirementKey[]): readonly LevelClass[] =>
  keys.map((key) => levelClass(REQUIREMENTS.get(key)?.level ?? 'MUST'));
