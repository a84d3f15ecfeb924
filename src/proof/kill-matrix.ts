/** Which cases catch which faults: all of one against all of the other. */
import { FAULT_ALTERATIONS } from '#broker';
import { FAULTS, type FaultName } from '#spec';
import { instancesOf, type Case } from '#kit';
import { prospects, type Prospect } from './foresee.ts';
import { isCaught, isReported } from './judge.ts';
import { LAB_DOORS } from './lab-target.ts';
import { ENDLESS, runOneAlone } from './run-alone.ts';

export interface KillRow {
  readonly fault: FaultName;
  /** Cases that report it under a requirement of their own. */
  readonly caughtBy: readonly string[];
  /** Cases that report it under another requirement only: the referee of the kit sees more than a case asks for. */
  readonly reportedBy: readonly string[];
  /** Cases that name it in `caughtBy`. */
  readonly named: readonly string[];
}

export interface KillMatrixOptions {
  /** Default: all. */
  readonly faults?: readonly FaultName[];
  readonly onRow?: (row: KillRow) => void;
}

/** Each case once on the clean broker, then only what a fault can make different. */
export async function killMatrix(cases: readonly Case[], options: KillMatrixOptions = {}): Promise<KillRow[]> {
  const faults = options.faults ?? (Object.keys(FAULTS) as FaultName[]);
  const alterations = Object.fromEntries(faults.map((name) => [name, FAULT_ALTERATIONS[name]]));
  const byCase: [Case, readonly Prospect[]][] = [];
  for (const each of cases) byCase.push([each, await prospects(instancesOf([each], LAB_DOORS), alterations)]);
  const rows: KillRow[] = [];
  for (const fault of faults) {
    const caughtBy: string[] = [];
    const reportedBy: string[] = [];
    for (const [{ id }, foreseen] of byCase) {
      const outcome = await outcomeOf(fault, foreseen);
      if (outcome === 'caught') caughtBy.push(id);
      else if (outcome === 'reported') reportedBy.push(id);
    }
    const named = cases.filter((each) => each.caughtBy?.includes(fault)).map(({ id }) => id);
    const row = { fault, caughtBy, reportedBy, named };
    rows.push(row);
    options.onRow?.(row);
  }
  return rows;
}

/** Of the instances of one case: the first that catches it decides. */
async function outcomeOf(fault: FaultName, foreseen: readonly Prospect[]): Promise<'caught' | 'reported' | undefined> {
  const options = { faults: [fault], maximumEvents: ENDLESS };
  let reported = false;
  for (const one of foreseen) {
    if (!(await one.differs(fault, options))) continue;
    const result = await runOneAlone(one.instance, options);
    if (isCaught(result)) return 'caught';
    reported ||= isReported(result);
  }
  return reported ? 'reported' : undefined;
}

export function killRowText({ fault, caughtBy, reportedBy, named }: KillRow): string {
  const others = caughtBy.filter((id) => !named.includes(id));
  const by = [...named, ...others.map((id) => `(${id})`)].join(' ');
  const seen = reportedBy.length > 0 ? 'caught by nobody, seen by the referee' : 'caught by nobody';
  return `${caughtBy.length > 0 ? '✓' : '✗'} ${fault.padEnd(40)} ${by === '' ? seen : by}\n`;
}

export function killMatrixSummary(rows: readonly KillRow[]): string {
  const open = rows.filter(({ caughtBy }) => caughtBy.length === 0);
  const once = rows.filter(({ caughtBy }) => caughtBy.length === 1).length;
  const seen = open.filter(({ reportedBy }) => reportedBy.length > 0).length;
  const unnamed = rows.filter(({ named }) => named.length === 0).length;
  return (
    `${rows.length} faults: ${rows.length - open.length} caught (${once} by one case only), ${seen} seen by the ` +
    `referee only, ${open.length - seen} seen by nobody; ${unnamed} named by no case.`
  );
}
