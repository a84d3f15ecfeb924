/** The kill matrix as a page of the documentation. */
import { TLS_FAULT_NAMES } from '#broker';
import { FAULTS, type Fault } from '#spec';
import type { Case } from '#kit';
import { conditionalSummary, type ConditionalRow } from './conditional.ts';
import { alike, killMatrixSummary, namedFirst, some, type KillRow } from './kill-matrix.ts';
import { madeFrom } from './kill-matrix-source.ts';

export interface KillMatrixFacts {
  /** What it was made from, over TLS too. */
  readonly cases: readonly Case[];
  /** Ids of those that run in memory. */
  readonly inMemory: readonly string[];
  readonly instances: number;
  readonly conditional: readonly ConditionalRow[];
  /** What it took: by the clock, and computing. */
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export function killMatrixPage(rows: readonly KillRow[], facts: KillMatrixFacts): string {
  const { cases, inMemory, instances, conditional, seconds, cpuSeconds } = facts;
  const overTls = rows.filter(({ fault }) => TLS_FAULT_NAMES.includes(fault));
  const memory = rows.filter((row) => !overTls.includes(row));
  return [
    '# Kill matrix',
    '',
    `Written by \`npm run kill-matrix\`, not by hand; it took ${minutes(seconds)}, ${minutes(cpuSeconds)} of them computing. Each of the ${memory.length}`,
    `named faults of the reference broker meets each of the ${inMemory.length} cases that run in memory: ${instances} instances of version,`,
    `transport and row. The ${overTls.length} faults that show over TLS only meet the cases that name them, over sockets. **Caught** means a fail or`,
    'a warning under a requirement of the case itself, in any of its instances. That each fault which a case names is caught in every',
    'version that it claims is proved by `npm test`; a test of it fails where this page is older than the faults or the cases.',
    '',
    `In memory: ${killMatrixSummary(memory)}`,
    '',
    `Over TLS: ${killMatrixSummary(overTls)}`,
    '',
    '## Caught by no case',
    '',
    ...none(rows.filter(({ caughtBy }) => caughtBy.length === 0).map(uncaughtLine)),
    '',
    '## Faults that strike sometimes',
    '',
    'Each fault that strikes always is tried again striking every 2nd time, never the first time, and from the 3rd time on; the count is',
    'the broker’s, over all its connections. The cases that catch the fault meet it one after the other on one broker, as they do in a run;',
    'where none reports it, each on a broker of its own.',
    '',
    conditionalSummary(conditional),
    '',
    'Caught by nobody:',
    '',
    ...none(uncaughtConditions(conditional)),
    '',
    '## Caught by one case only',
    '',
    ...none(
      memory.filter(({ caughtBy }) => caughtBy.length === 1).map((row) => `- \`${row.fault}\`: ${row.caughtBy.join()}`),
    ),
    '',
    '## Caught by exactly the same cases',
    '',
    'Each line is one way to be wrong, as far as the cases can tell.',
    '',
    ...none(alike(memory).map(alikeLine)),
    '',
    '## Cases that no fault trips',
    '',
    'They verify what the standards leave open, and tell two variants apart instead.',
    '',
    ...none(idleCases(rows, cases)),
    '',
    '## All faults',
    '',
    'Cases that name the fault come first; others catch it too.',
    '',
    '| fault | what the broker does | caught by | cases |',
    '|---|---|--:|---|',
    ...rows.map(faultLine),
    '',
    '## All cases',
    '',
    '| case | faults |',
    '|---|--:|',
    ...cases.map(({ id }) => `| ${id} | ${rows.filter(({ caughtBy }) => caughtBy.includes(id)).length} |`),
    '',
    madeFrom(cases),
    '',
  ].join('\n');
}

const none = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? ['None.'] : lines);

const uncaughtLine = ({ fault, reportedBy }: KillRow): string =>
  `- \`${fault}\`: ${titleOf(fault)}${reportedBy.length > 0 ? `; the referee sees it in ${some(reportedBy)}` : ''}`;

function uncaughtConditions(rows: readonly ConditionalRow[]): string[] {
  const open = rows.filter(({ caught }) => !caught);
  return [...new Set(open.map(({ fault }) => fault))].map((fault) => {
    const conditions = open.filter((row) => row.fault === fault).map(({ condition }) => condition);
    return `- \`${fault}\`: ${conditions.join(', ')}`;
  });
}

const alikeLine = (group: readonly KillRow[]): string =>
  `- ${group.map(({ fault }) => `\`${fault}\``).join(', ')}: ${some(group[0]?.caughtBy ?? [])}`;

const idleCases = (rows: readonly KillRow[], cases: readonly Case[]): string[] =>
  cases
    .filter(({ id }) => !rows.some(({ caughtBy }) => caughtBy.includes(id)))
    .map(({ id, observes }) => `- ${id}${observes === undefined ? '' : `: ${observes.join(' | ')}`}`);

const faultLine = ({ fault, caughtBy, named }: KillRow): string =>
  `| \`${fault}\` | ${titleOf(fault)} | ${caughtBy.length} | ${some(namedFirst(caughtBy, named))} |`;

const titleOf = (fault: KillRow['fault']): string => (FAULTS[fault] as Fault).title.replaceAll('|', '\\|');

const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
