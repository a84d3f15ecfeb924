/** One instance with its proof: what was required, what came, the wire. */
import type { Finding, InstanceResult } from '#results';
import type { Direction, Transcript } from '#wire';
import type { Paint } from './paint.ts';
import { transcriptLines, type TranscriptView } from './transcript-lines.ts';
import { visible } from './visible.ts';
import { displayWidth, spread, wrap } from './width.ts';

export interface BlockOptions {
  readonly octets: boolean;
  /** The head alone: what it shows was shown before. */
  readonly again?: boolean;
}

/** Units of the transcript under a failure, and under anything else. */
const UNITS = { failed: 14, other: 60 } as const;

export function instanceBlock(result: InstanceResult, options: BlockOptions, paint: Paint): string {
  const decisive = decisiveFinding(result);
  if (options.again === true) return paint.finish(`${headLine(result, decisive, paint)}\n`);
  const message = decisive?.message ?? result.title;
  const expected = decisive?.expected ?? result.expected;
  const actual = decisive?.actual ?? result.actual;
  const told = [message, actual];
  const lines = [
    headLine(result, decisive, paint),
    ...indented(message, paint),
    ...labelled('expected', expected, paint),
    ...labelled('actual', actual === message ? undefined : actual, paint),
    ...labelled('reason', told.includes(result.reason) ? undefined : result.reason, paint),
    ...otherFindings(result, decisive, paint),
    ...wire(result, decisive, options, paint),
    '',
  ];
  return paint.finish(lines.map((line) => `${line}\n`).join(''));
}

/** Of those that made the verdict, the one that the case is about; else the first, which the referee raised. */
export function decisiveFinding({ findings, verdict, verifies }: InstanceResult): Finding | undefined {
  const deciding = findings.filter((finding) => finding.verdict === verdict);
  return deciding.find(({ requirement }) => verifies.includes(requirement)) ?? deciding[0];
}

/** The requirement that it is told under. */
export const requirementOf = (result: InstanceResult): InstanceResult['verifies'][number] | undefined =>
  decisiveFinding(result)?.requirement ?? result.verifies[0];

function headLine(result: InstanceResult, decisive: Finding | undefined, paint: Paint): string {
  const left = ` ${paint.mark(result.verdict)} ${visible(result.instance)}`;
  const key = requirementOf(result);
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
    ...markedBy(decisive, transcript),
  };
  return transcriptLines(transcript, view, paint);
}

function markedBy(decisive: Finding | undefined, { entries }: Transcript): Pick<TranscriptView, 'marked'> {
  const entry = decisive?.entry;
  const direction = entry === undefined ? undefined : entries[entry]?.direction;
  if (decisive === undefined || entry === undefined || direction === undefined) return {};
  return { marked: { entry, words: wordsFor(decisive, direction) } };
}

function wordsFor({ verdict }: Finding, direction: Direction): string {
  const isWrong = verdict === 'fail' || verdict === 'warn';
  return isWrong && direction === 'in' ? 'not allowed here' : 'here';
}

/** The same in one line, for lists: mark, id, key. */
export function instanceLine(result: InstanceResult, width: number, paint: Paint): string {
  const id = visible(result.instance);
  const key = requirementOf(result);
  const gap = ' '.repeat(Math.max(2, width - displayWidth(id) + 2));
  return `   ${paint.verdict(result.verdict, paint.mark(result.verdict))} ${id}${key === undefined ? '' : `${gap}[${key}]`}`;
}
