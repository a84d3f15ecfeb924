/** The kill matrix as a page of the documentation. */
import { FAULTS, type Fault } from '#spec';
import { killMatrixSummary, type KillRow } from './kill-matrix.ts';

export interface KillMatrixFacts {
  readonly cases: number;
  readonly instances: number;
  /** What it took. */
  readonly seconds: number;
}

/** Cases that a line names: a broker that says nothing is caught by nearly all. */
const SHOWN = 6;

export function killMatrixPage(rows: readonly KillRow[], { cases, instances, seconds }: KillMatrixFacts): string {
  const none = rows.filter(({ caughtBy }) => caughtBy.length === 0);
  const one = rows.filter(({ caughtBy }) => caughtBy.length === 1);
  return [
    '# Kill matrix',
    '',
    `Written by \`npm run kill-matrix\` (${minutes(seconds)} here), not by hand. Each of the ${rows.length} named faults of the reference`,
    `broker meets each of the ${cases} cases that run in memory: ${instances} instances of version, transport and row. **Caught** means a fail or`,
    'a warning under a requirement of the case itself, in any of its instances. That each fault which a case names is caught in every',
    'version that it claims is proved by `npm test`.',
    '',
    killMatrixSummary(rows),
    '',
    '## Caught by no case',
    '',
    ...(none.length === 0
      ? ['None.']
      : none.map(
          ({ fault, reportedBy }) =>
            `- \`${fault}\`: ${titleOf(fault)}${reportedBy.length > 0 ? `; the referee sees it in ${some(reportedBy)}` : ''}`,
        )),
    '',
    '## Caught by one case only',
    '',
    ...(one.length === 0 ? ['None.'] : one.map(({ fault, caughtBy }) => `- \`${fault}\`: ${caughtBy.join()}`)),
    '',
    '## All faults',
    '',
    'Cases that name the fault come first; others catch it too.',
    '',
    '| fault | what the broker does | caught by | cases |',
    '|---|---|--:|---|',
    ...rows.map(
      ({ fault, caughtBy, named }) =>
        `| \`${fault}\` | ${titleOf(fault)} | ${caughtBy.length} | ${some(namedFirst(caughtBy, named))} |`,
    ),
    '',
  ].join('\n');
}

const titleOf = (fault: KillRow['fault']): string => (FAULTS[fault] as Fault).title.replaceAll('|', '\\|');

const namedFirst = (ids: readonly string[], named: readonly string[]): readonly string[] => [
  ...ids.filter((id) => named.includes(id)),
  ...ids.filter((id) => !named.includes(id)),
];

function some(ids: readonly string[]): string {
  const more = ids.length - SHOWN;
  return `${ids.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
