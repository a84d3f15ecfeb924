/** Faults that strike only sometimes: every second time, never the first, from the third on. */
import { FAULT_ALTERATIONS, type Alteration } from '#broker';
import { instancesOf, type Case, type Instance } from '#kit';
import type { FaultName } from '#spec';
import { grouped } from './grouped.ts';
import { isCaught } from './judge.ts';
import { namedFirst, type KillRow } from './kill-matrix.ts';
import { configurationFor } from './lab-offers.ts';
import { LAB_DOORS } from './lab-target.ts';
import { memoryLab } from './lab.ts';
import { ENDLESS, configured, runOneAlone } from './run-alone.ts';

export const CONDITIONS = {
  'every 2nd time': (nth: number) => nth % 2 === 0,
  'never the first time': (nth: number) => nth > 1,
  'from the 3rd time on': (nth: number) => nth > 2,
} as const satisfies Readonly<Record<string, (nth: number) => boolean>>;

export type Condition = keyof typeof CONDITIONS;

export interface ConditionalRow {
  readonly fault: FaultName;
  readonly condition: Condition;
  readonly caught: boolean;
}

/** A fault under a condition; undefined: it has one already. */
export function under(condition: Condition, fault: FaultName): Alteration | undefined {
  const { when, ...alteration }: Alteration = FAULT_ALTERATIONS[fault];
  return when === undefined ? { ...alteration, when: (_about, nth) => CONDITIONS[condition](nth) } : undefined;
}

/** Each fault that strikes always, under each condition, against the cases that catch it. */
export async function conditionalFaults(
  cases: readonly Case[],
  rows: readonly KillRow[],
  onRow: (row: ConditionalRow) => void = () => undefined,
): Promise<ConditionalRow[]> {
  const told: ConditionalRow[] = [];
  for (const { fault, caughtBy, named } of rows) {
    const catchers = namedFirst(caughtBy, named);
    const instances = catchers.flatMap((id) =>
      instancesOf(
        cases.filter((each) => each.id === id),
        LAB_DOORS,
      ),
    );
    for (const condition of Object.keys(CONDITIONS) as Condition[]) {
      const alteration = under(condition, fault);
      if (alteration === undefined) continue;
      const caught = (await caughtInRun(instances, alteration)) || (await caughtAlone(instances, alteration));
      told.push({ fault, condition, caught });
      onRow({ fault, condition, caught });
    }
  }
  return told;
}

/** As in a run on somebody's broker, which meets all instances; each kind of broker that cases need is one. */
async function caughtInRun(instances: readonly Instance[], alteration: Alteration): Promise<boolean> {
  const kinds = grouped(instances, (instance) => JSON.stringify(configurationFor(instance.case)));
  for (const group of kinds.values()) if (await caughtOnOneBroker(group, alteration)) return true;
  return false;
}

async function caughtOnOneBroker(instances: readonly Instance[], alteration: Alteration): Promise<boolean> {
  const [first] = instances;
  if (first === undefined) return false;
  const lab = memoryLab(configured(first, { alterations: [alteration] }));
  try {
    for (const instance of instances) if ((await lab.run([instance])).some(isCaught)) return true;
    return false;
  } finally {
    lab.close();
  }
}

/** Where the turn of a case falls on the wrong one of two: each has another chance on a broker of its own. */
async function caughtAlone(instances: readonly Instance[], alteration: Alteration): Promise<boolean> {
  for (const instance of instances) {
    if (isCaught(await runOneAlone(instance, { alterations: [alteration], maximumEvents: ENDLESS }))) return true;
  }
  return false;
}

export function conditionalText({ fault, condition, caught }: ConditionalRow): string {
  return `${caught ? '✓' : '✗'} ${fault}, ${condition}\n`;
}

export function conditionalSummary(rows: readonly ConditionalRow[]): string {
  const count = rows.filter(({ caught }) => caught).length;
  const rate = (100 * count) / Math.max(1, rows.length);
  return `${rows.length} conditional faults: ${count} caught (${rate.toFixed(1)} %).`;
}
