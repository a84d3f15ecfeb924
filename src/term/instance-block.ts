/** One instance with its proof: what was required, what came, the wire. */
import type { Finding, InstanceResult } from '#results';
import type { Paint } from './paint.ts';
import { transcriptLines } from './transcript-lines.ts';
import { visible } from './visible.ts';
import { displayWidth, spread, wrap } from './width.ts';

export interface BlockOptions {
  readonly octets: boolean;
}

/** Units of the transcript under a failure, and under anything else. */
const UNITS = { failed: 14, other: 60 } as const;

export function instanceBlock(result: InstanceResult, options: BlockOptions, paint: Paint): string {
  const decisive = decisiveFinding(result);
  const lines = [
    headLine(result, decisive, paint),
    ...indented(decisive?.message ?? result.title, paint),
    ...labelled('expected', decisive?.expected ?? result.expected, paint),
    ...labelled('actual', decisive?.actual ?? result.actual, paint),
    ...labelled('reason', result.reason, paint),
    ...otherFindings(result, decisive, paint),
    ...wire(result, decisive, options, paint),
    '',
  ];
  return paint.finish(lines.map((line) => `${line}\n`).join(''));
}

/** The first of those that made the verdict. */
export function decisiveFinding(result: InstanceResult): Finding | undefined {
  return result.findings.find((finding) => finding.verdict === result.verdict);
}

function headLine(result: InstanceResult, decisive: Finding | undefined, paint: Paint): string {
  const left = ` ${paint.mark(result.verdict)} ${visible(result.instance)}`;
  const key = decisive?.requirement ?? result.verifies[0];
  const right = key === undefined ? '' : `${decisive?.level ?? result.verdict}  [${key}]`;
  return paint.verdict(result.verdict, spread(left, right, paint.style.width - 1));
}

const INDENT = 5;
const LABEL = 10;

function indented(text: string, paint: Paint): string[] {
  return wrap(visible(text), room(paint)).map((line) => `${' '.repeat(INDENT)}${line}`);
}

function labelled(label: string, text: string | undefined, paint: Paint): string[] {
  if (text === undefined || text === '') return [];
  return wrap(visible(text), room(paint) - LABEL).map((line, index) => {
    const head = (index === 0 ? label : '').padEnd(LABEL);
    return `${' '.repeat(INDENT)}${paint.dim(head)}${line}`;
  });
}

const room = (paint: Paint): number => Math.max(40, paint.style.width - INDENT - 1);

function otherFindings(result: InstanceResult, decisive: Finding | undefined, paint: Paint): string[] {
  return result.findings
    .filter((finding) => finding !== decisive && finding.verdict !== 'observed')
    .flatMap(({ level, requirement, message }) => labelled('also', `${level} [${requirement}] ${message}`, paint));
}

function wire(result: InstanceResult, decisive: Finding | undefined, { octets }: BlockOptions, paint: Paint): string[] {
  const { transcript } = result;
  if (transcript === undefined) return [];
  const failed = decisive !== undefined;
  const view = {
    packetsOnly: !octets && !result.verifies.some((key) => key.startsWith('ws/')),
    octets,
    limit: failed ? UNITS.failed : UNITS.other,
    ...(decisive?.entry === undefined ? {} : { marked: { entry: decisive.entry, words: wordsFor(decisive) } }),
  };
  return transcriptLines(transcript, view, paint);
}

function wordsFor({ evidence, verdict }: Finding): string {
  if (evidence === 'deadline') return 'nothing came';
  return verdict === 'fail' || verdict === 'warn' ? 'not allowed here' : 'here';
}

/** The same in one line, for lists: mark, id, key. */
export function instanceLine(result: InstanceResult, width: number, paint: Paint): string {
  const decisive = decisiveFinding(result);
  const id = visible(result.instance);
  const key = decisive?.requirement ?? result.verifies[0];
  const gap = ' '.repeat(Math.max(2, width - displayWidth(id) + 2));
  return `   ${paint.verdict(result.verdict, paint.mark(result.verdict))} ${id}${key === undefined ? '' : `${gap}[${key}]`}`;
}
