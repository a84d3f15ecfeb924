/** Which cases catch which faults: all of one against all of the other. */
import { FAULTS, type FaultName } from '#spec';
import { instancesOf, type Case } from '#kit';
import { isCaught } from './judge.ts';
import { LAB_DOORS } from './lab-target.ts';
import { runAlone } from './run-alone.ts';

export interface KillRow {
  readonly fault: FaultName;
  /** Cases that report it under a requirement of their own. */
  readonly caughtBy: readonly string[];
  /** Cases that name it in `caughtBy`. */
  readonly named: readonly string[];
}

export interface KillMatrixOptions {
  /** Default: all. */
  readonly faults?: readonly FaultName[];
  readonly onRow?: (row: KillRow) => void;
}

/** About half a second for each fault and 60 cases. */
export async function killMatrix(cases: readonly Case[], options: KillMatrixOptions = {}): Promise<KillRow[]> {
  const instances = instancesOf(cases, LAB_DOORS);
  const rows: KillRow[] = [];
  for (const fault of options.faults ?? (Object.keys(FAULTS) as FaultName[])) {
    const results = await runAlone(instances, { faults: [fault] });
    const caughtBy = [...new Set(results.filter(isCaught).map(({ id }) => id))];
    const named = cases.filter((each) => each.caughtBy?.includes(fault)).map(({ id }) => id);
    const row = { fault, caughtBy, named };
    rows.push(row);
    options.onRow?.(row);
  }
  return rows;
}

export function killMatrixText(rows: readonly KillRow[]): string {
  const lines = rows.map(({ fault, caughtBy, named }) => {
    const others = caughtBy.filter((id) => !named.includes(id));
    const by = [...named, ...others.map((id) => `(${id})`)].join(' ');
    return `${caughtBy.length > 0 ? '✓' : '✗'} ${fault.padEnd(40)} ${by === '' ? 'caught by nobody' : by}`;
  });
  const open = rows.filter(({ caughtBy }) => caughtBy.length === 0).length;
  const unnamed = rows.filter(({ named }) => named.length === 0).length;
  lines.push(
    '',
    `${rows.length} faults: ${rows.length - open} caught, ${open} caught by nobody, ${unnamed} named by no case.`,
  );
  return `${lines.join('\n')}\n`;
}
