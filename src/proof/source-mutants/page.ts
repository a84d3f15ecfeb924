/** `docs/source-mutants.md`. */
import { grouped } from '../grouped.ts';
import { short } from './schemata.ts';
import { LEFT_OUT } from './scope.ts';
import { classOf, isKilled, percent, scoreOf, type SourceFate } from './score.ts';
import { triageOf, type SourceClass } from './triage.ts';

export interface PageFacts {
  readonly minutes: number;
  readonly instances: number;
  /** Instances that a mutant is tried with at most. */
  readonly most: number;
  /** Kills of an earlier run were believed. */
  readonly again: boolean;
  /** Where only a share was tried: of how many mutants, and drawn by which seed. */
  readonly sample?: { readonly size: number; readonly seed: string };
}

const CLASSES: Readonly<Record<SourceClass | 'open', string>> = {
  gap: 'A case is missing',
  open: 'Not yet explained',
  allowed: 'Left to a server by the standards',
  invisible: 'Something else happens, and no client can tell',
  alteration: 'Only an altered broker comes there: left out of the rate',
  elsewhere: 'Proved over sockets, or behind TLS: left out of the rate',
  equivalent: 'Equivalent: left out of the rate',
};

export function sourceMutantsPage(
  fates: readonly SourceFate[],
  { minutes, instances, most, again, sample }: PageFacts,
): string {
  const { all, killed, leftOut, rate, held } = scoreOf(fates);
  const count = (outcome: string): number => fates.filter((fate) => fate.outcome === outcome).length;
  const lines = [
    '# Mutants of the reference broker’s source',
    '',
    `Written by \`npm run mutate\` (about ${minutes} minutes): the source of \`src/broker\` is changed in one place at a time, and the`,
    `${instances} instances that run in memory look whether they can tell (the ${most} likeliest of those in which the change makes a difference). How it works: \`src/proof/source-mutants/README.md\`.`,
    '',
    `**${percent(rate)}**: ${killed} of ${all - leftOut} mutants are killed; ${leftOut} more are left out: they are equivalent, need what memory lacks, or stand in code of the faults and variants that a broker as it is never comes to. With those counted as not killed it is ${percent(killed / all)}.`,
    '',
    `Without what a server may do and what no client can tell, it is **${percent(held)}** of what a client could hold against a server.`,
    ...(sample === undefined
      ? []
      : [
          '',
          `A sample: ${all} of ${sample.size} mutants, drawn by chance (seed ${sample.seed}); the command is \`npm run mutate -- --sample ${all} --seed ${sample.seed}\`.`,
        ]),
    '',
    ...(again ? ['What an earlier run had killed was not tried again (`--again`).', ''] : []),
    `Killed: ${count('caught')} by a \`fail\` or \`warn\` under a requirement of the case’s own, ${count('reported')} under another one,`,
    `${count('unusable')} because a run would end before its first case (nobody is let in), ${count('crashed')} because the broker broke, ${count('endless')} because it never came to an end.`,
    `Not killed: ${count('survived')} were run and nobody reported them, ${count('same')} make no difference to what is worked out where they stand`,
    `in any run, ${count('unreached')} stand where no case comes.`,
    '',
    '| file | mutants | killed | left out | rate |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...byFile(fates).map(([file, ofFile]) => {
      const score = scoreOf(ofFile);
      return `| ${file} | ${score.all} | ${score.killed} | ${score.leftOut} | ${percent(score.rate)} |`;
    }),
    '',
    'Not changed:',
    '',
    ...LEFT_OUT.map(({ files, reason }) => `- ${files.map((file) => `\`${file}\``).join(', ')}: ${reason}`),
    '',
  ];
  for (const [name, title] of Object.entries(CLASSES)) {
    const those = fates.filter((fate) => !isKilled(fate) && (classOf(fate) ?? 'open') === name);
    if (those.length > 0) lines.push(...section(`${title} (${those.length})`, those));
  }
  return lines.join('\n');
}

function section(title: string, fates: readonly SourceFate[]): string[] {
  const byReason = grouped(fates, ({ id }) => triageOf(id)?.reason ?? '');
  const lines = [`## ${title}`, ''];
  for (const [reason, those] of byReason) {
    if (reason !== '') lines.push(`${reason}:`, '');
    lines.push(...those.map((fate) => `- \`${fate.file}:${fate.line}\` ${code(changeOf(fate))}`), '');
  }
  return lines;
}

const changeOf = ({ from, to }: SourceFate): string =>
  to === '' ? `${short(from)} (removed)` : `${short(from)} → ${short(to)}`;

/** In as many ticks as it takes. */
const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

const byFile = (fates: readonly SourceFate[]): [string, readonly SourceFate[]][] => [
  ...grouped(fates, ({ file }) => file),
];
