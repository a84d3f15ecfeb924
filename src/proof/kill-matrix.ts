/** Which cases catch which faults: all of one against all of the other. */
import { FAULT_ALTERATIONS, TLS_FAULT_NAMES } from '#broker';
import { FAULTS, type FaultName } from '#spec';
import { instancesOf, type Case } from '#kit';
import { prospects, type Prospect } from './foresee.ts';
import { grouped } from './grouped.ts';
import { isCaught, isReported } from './judge.ts';
import { LAB_DOORS } from './lab-target.ts';
import { ENDLESS, runOneAlone } from './run-alone.ts';
import { runOverTls, tlsInstances, type Material } from './tls-lab.ts';

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
  /** Default: all that show in memory. */
  readonly faults?: readonly FaultName[];
  readonly onRow?: (row: KillRow) => void;
}

/** What shows over TLS only is proved over sockets: `killsOverTls`. */
export const MEMORY_FAULT_NAMES = (Object.keys(FAULTS) as FaultName[]).filter(
  (name) => !TLS_FAULT_NAMES.includes(name),
);

/** Each case once on the clean broker, then only what a fault can make different. */
export async function killMatrix(cases: readonly Case[], options: KillMatrixOptions = {}): Promise<KillRow[]> {
  const faults = options.faults ?? MEMORY_FAULT_NAMES;
  if (faults.length === 0) return [];
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
    rows.push(tell({ fault, caughtBy, reportedBy, named: whoNames(fault, cases) }, options));
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

/** The faults of TLS, over sockets: each against the cases that name it. */
export async function killsOverTls(
  cases: readonly Case[],
  material: Material,
  options: KillMatrixOptions = {},
): Promise<KillRow[]> {
  const rows: KillRow[] = [];
  for (const fault of options.faults ?? TLS_FAULT_NAMES) {
    const named = whoNames(fault, cases);
    const instances = cases.filter(({ id }) => named.includes(id)).flatMap(tlsInstances);
    const together = await runOverTls(instances, material, { faults: [fault] });
    // Some faults strike whoever else is connected: what is missed in company is tried alone.
    const missed = instances.filter((one) => !together.some((told) => told.id === one.case.id && isCaught(told)));
    const alone = await runOverTls(missed, material, { faults: [fault], abreast: 1 });
    const results = [...together, ...alone];
    const idsOf = (told: (typeof results)[number][]): string[] =>
      named.filter((id) => told.some((one) => one.id === id));
    const caughtBy = idsOf(results.filter(isCaught));
    const reportedBy = idsOf(results.filter(isReported)).filter((id) => !caughtBy.includes(id));
    rows.push(tell({ fault, caughtBy, reportedBy, named }, options));
  }
  return rows;
}

const whoNames = (fault: FaultName, cases: readonly Case[]): string[] =>
  cases.filter(({ caughtBy }) => caughtBy?.includes(fault)).map(({ id }) => id);

function tell(row: KillRow, { onRow }: KillMatrixOptions): KillRow {
  onRow?.(row);
  return row;
}

/** Faults that exactly the same cases catch, where it is more than one: nobody can say which of them it was. */
export function alike(rows: readonly KillRow[]): readonly (readonly KillRow[])[] {
  const groups = grouped(
    rows.filter(({ caughtBy }) => caughtBy.length > 0),
    ({ caughtBy }) => caughtBy.join(' '),
  );
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Cases that a line names: a broker that says nothing is caught by nearly all. */
const SHOWN = 6;

/** Some of many ids. */
export function some(ids: readonly string[]): string {
  const more = ids.length - SHOWN;
  return `${ids.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export const namedFirst = (ids: readonly string[], named: readonly string[]): readonly string[] => [
  ...ids.filter((id) => named.includes(id)),
  ...ids.filter((id) => !named.includes(id)),
];

export function killRowText({ fault, caughtBy, reportedBy, named }: KillRow): string {
  const seen = reportedBy.length > 0 ? 'caught by nobody, seen by the referee' : 'caught by nobody';
  const by = some(namedFirst(caughtBy, named)) || seen;
  return `${caughtBy.length > 0 ? '✓' : '✗'} ${fault.padEnd(40)} ${by}${named.length === 0 ? ' (named by no case)' : ''}\n`;
}

export function killMatrixSummary(rows: readonly KillRow[]): string {
  const open = rows.filter(({ caughtBy }) => caughtBy.length === 0);
  const once = rows.filter(({ caughtBy }) => caughtBy.length === 1).length;
  const seen = open.filter(({ reportedBy }) => reportedBy.length > 0).length;
  const unnamed = rows.filter(({ named }) => named.length === 0).length;
  const twins = alike(rows);
  const together = twins.reduce((sum, { length }) => sum + length, 0);
  return (
    `${rows.length} faults: ${rows.length - open.length} caught (${once} by one case only), ${seen} seen by the ` +
    `referee only, ${open.length - seen} seen by nobody; ${unnamed} named by no case. ` +
    `${together} of them are caught by exactly the cases that catch another: ${rows.length - together + twins.length} groups.`
  );
}
