/** Which cases catch which faults: all of one against all of the other. */
import { FAULTS, type FaultName } from '#spec';
import { instancesOf, type Case } from '#kit';
import { isCaught, isReported } from './judge.ts';
import { LAB_DOORS } from './lab-target.ts';
import { runAlone } from './run-alone.ts';

export interface KillRow {
  readonly fault: FaultName;
  /** Cases that report it under a requirement of their own. */
  readonly caughtBy: readonly string[];
  /** Cases that report it, under whatever requirement: the referee of the kit sees more than a case asks for. */
  readonly reportedBy: readonly string[];
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
    const reportedBy = [...new Set(results.filter(isReported).map(({ id }) => id))];
    const named = cases.filter((each) => each.caughtBy?.includes(fault)).map(({ id }) => id);
    const row = { fault, caughtBy, reportedBy, named };
    rows.push(row);
    options.onRow?.(row);
  }
  return rows;
}

export function killRowText({ fault, caughtBy, reportedBy, named }: KillRow): string {
  const others = caughtBy.filter((id) => !named.includes(id));
  const by = [...named, ...others.map((id) => `(${id})`)].join(' ');
  const seen = reportedBy.length > 0 ? 'caught by nobody, seen by the referee' : 'caught by nobody';
  return `${caughtBy.length > 0 ? '✓' : '✗'} ${fault.padEnd(40)} ${by === '' ? seen : by}\n`;
}

export function killMatrixSummary(rows: readonly KillRow[]): string {
  const open = rows.filter(({ caughtBy }) => caughtBy.length === 0);
  const seen = open.filter(({ reportedBy }) => reportedBy.length > 0).length;
  const unnamed = rows.filter(({ named }) => named.length === 0).length;
  return (
    `\n${rows.length} faults: ${rows.length - open.length} caught, ${seen} seen by the referee only, ` +
    `${open.length - seen} seen by nobody; ${unnamed} named by no case.\n`
  );
}
