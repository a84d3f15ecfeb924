/** After the run: one row a section, the answer in one sentence, what failed, what to do next. */
import type { InstanceResult, RunResult } from '#results';
import { VERDICT_MARKS } from '#spec';
import { verdictCounts } from './counts.ts';
import { decisiveFinding, instanceLine, requirementOf } from './instance-block.ts';
import { count, duration } from './numbers.ts';
import type { Paint } from './paint.ts';
import { type Ratio, sectionRows } from './sections.ts';
import { visible } from './visible.ts';
import { displayWidth, padRight } from './width.ts';

export function renderSummary(result: RunResult, reports: readonly string[], paint: Paint): string {
  const blocks = [
    table(result, paint),
    [
      conclusionLine(result, paint),
      ` ${verdictCounts(result.conclusion.counts, paint)}`,
      ...skipped(result.cases, paint),
      ...leftOut(result, paint),
    ],
    failed(result.cases, paint),
    nextSteps(result, reports, paint),
  ].filter((lines) => lines.length > 0);
  return paint.finish(blocks.map((lines) => `\n${lines.map((line) => `${line}\n`).join('')}`).join(''));
}

/** The answer alone, for `-q`. */
export function renderConclusion(result: RunResult, paint: Paint): string {
  return paint.finish(`${conclusionLine(result, paint).trimStart()}\n`);
}

const HEADS = ['section (requirements)', 'must', 'should', 'observed', 'skipped'] as const;

function table(result: RunResult, paint: Paint): string[] {
  const rows = sectionRows(result.cases);
  if (rows.length === 0) return [];
  const cells = rows.map(({ section, must, should, observed, skipped }) => [
    section,
    ratio(must),
    ratio(should),
    number(observed),
    number(skipped),
  ]);
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => displayWidth(row[column] ?? ''))),
  );
  const line = (row: readonly string[]): string =>
    ` ${row.map((cell, column) => padRight(cell, (widths[column] ?? 0) + 3)).join('')}`.trimEnd();
  return [paint.dim(line(HEADS)), ...cells.map(line)];
}

const ratio = ({ met, exercised }: Ratio): string => (exercised === 0 ? '–' : `${met}/${exercised}`);
const number = (n: number): string => (n === 0 ? '–' : String(n));

function conclusionLine({ conclusion, run }: RunResult, paint: Paint): string {
  const text = `${visible(conclusion.sentence)} · ${duration(run.durationMs)}`;
  const colour = conclusion.exitCode === 0 ? paint.green : conclusion.exitCode === 5 ? paint.yellow : paint.red;
  return ` ${paint.bold(colour(text))}`;
}

/** So many reasons are named; the report has all. */
const REASONS = 6;

function skipped(cases: readonly InstanceResult[], paint: Paint): string[] {
  const counts = new Map<string, number>();
  for (const { verdict, reason } of cases) {
    if (verdict !== 'skip' && verdict !== 'not-run') continue;
    const words = `${VERDICT_MARKS[verdict].word}: ${reason ?? 'no reason was given'}`;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a);
  const lines = most.slice(0, REASONS).map(([words, n]) => ` ${String(n).padStart(3)} ${visible(words)}`);
  const more = most.length - lines.length;
  return [...lines, ...(more > 0 ? [`     and ${count(more, 'more reason')}`] : [])].map((line) => paint.dim(line));
}

function leftOut({ conclusion }: RunResult, paint: Paint): string[] {
  return conclusion.leftOut.map((what) => paint.dim(` left out: ${visible(what)}`));
}

/** So many lines of failures; the report has all. */
const NAMED = 20;

/** Each instance where they are few; else each requirement that was broken, since one fault may show in hundreds of instances. */
function failed(cases: readonly InstanceResult[], paint: Paint): string[] {
  const bad = cases.filter(({ verdict }) => verdict === 'fail' || verdict === 'error' || verdict === 'inconclusive');
  if (bad.length > NAMED) return failedByRequirement(bad, paint);
  const width = Math.max(0, ...bad.map(({ instance }) => displayWidth(visible(instance))));
  return bad.map((one) => instanceLine(one, width, paint));
}

function failedByRequirement(bad: readonly InstanceResult[], paint: Paint): string[] {
  const groups = new Map<string, InstanceResult[]>();
  for (const one of bad) {
    const group = `${one.verdict} ${decisiveFinding(one)?.requirement ?? one.id}`;
    groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  const most = [...groups.values()].sort((a, b) => b.length - a.length);
  const shown = most.slice(0, NAMED);
  const cells = shown.map((group) => [count(group.length, 'instance'), ...requirementCell(group)] as const);
  const [first, second] = [0, 1].map((column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))));
  const more = most.length - shown.length;
  return [
    ...cells.map(([number, key, as], index) => {
      const { verdict = 'fail' } = shown[index]?.[0] ?? {};
      const line = `${number.padStart(first ?? 0)}  ${padRight(key, second ?? 0)}  as ${as}`;
      return `   ${paint.verdict(verdict, paint.mark(verdict))} ${line}`;
    }),
    ...(more > 0 ? [`   … and ${count(more, 'more requirement')}, in the report`] : []),
  ];
}

function requirementCell([first]: readonly InstanceResult[]): readonly [key: string, as: string] {
  if (first === undefined) return ['', ''];
  const key = requirementOf(first);
  return [key === undefined ? '' : `[${key}]`, visible(first.instance)];
}

function nextSteps(result: RunResult, reports: readonly string[], paint: Paint): string[] {
  const first = result.cases.find(({ verdict }) => verdict === 'fail');
  const steps: readonly (readonly [command: string, why: string])[] =
    first === undefined
      ? []
      : [
          [`mqttspec explain '${decisiveFinding(first)?.requirement ?? first.id}'`, 'what the standard asks'],
          [`${result.run.command} 'id:${first.id}' -vv`, 'repeat it, with octets'],
        ];
  const width = Math.max(0, ...steps.map(([command]) => displayWidth(command)));
  return [
    ...reports.map((path, index) => ` ${paint.dim(index === 0 ? 'report' : '      ')}   ${visible(path)}`),
    ...steps.map(
      ([command, why], index) =>
        ` ${paint.dim(index === 0 ? 'next  ' : '      ')}   ${padRight(visible(command), width)}    ${paint.dim(why)}`,
    ),
  ];
}
