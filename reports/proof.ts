/** One instance as plain text: what was required, what came, the wire. For places that have no markup. */
import type { Finding, InstanceResult } from '#results';
import type { TranscriptEntry } from '#wire';
import { visible } from './text.ts';

/** Units of the wire around the one that decides. */
const SHOWN_UNITS = 40;

/** Of those that made the verdict the first about what the case verifies; what it found by the way comes after. */
export function decisiveFinding({ findings, verdict, verifies }: InstanceResult): Finding | undefined {
  const made = findings.filter((finding) => finding.verdict === verdict);
  return made.find(({ requirement }) => verifies.includes(requirement)) ?? made[0] ?? findings[0];
}

export interface Contrast {
  readonly message?: string | undefined;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
}

/** What the instance says of itself belongs to the first of its findings that made the verdict. */
export function contrastOf(one: InstanceResult): Contrast {
  const decisive = decisiveFinding(one);
  const own = decisive === undefined || decisive === one.findings.find(({ verdict }) => verdict === one.verdict);
  return {
    message: decisive?.message ?? one.reason,
    expected: decisive?.expected ?? (own ? one.expected : undefined),
    actual: decisive?.actual ?? (own ? one.actual : undefined),
  };
}

export function proofText(result: InstanceResult): string {
  const decisive = decisiveFinding(result);
  const { message, expected, actual } = contrastOf(result);
  const lines = [
    result.title,
    ...labelled('requirement', decisive && `[${decisive.requirement}] ${decisive.level}`),
    ...labelled('message', message),
    ...labelled('expected', expected),
    ...labelled('actual', actual === message ? undefined : actual),
    ...labelled('reason', result.reason === message ? undefined : result.reason),
    ...result.findings
      .filter((one) => one !== decisive)
      .map((one) => `also         [${one.requirement}] ${one.message}`),
    ...wire(result, decisive?.entry),
  ];
  return visible(lines.join('\n'));
}

function labelled(label: string, text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [`${label.padEnd(12)} ${text}`];
}

function wire({ transcript }: InstanceResult, decisive: number | undefined): string[] {
  if (transcript === undefined || transcript.entries.length === 0) return [];
  const { entries, omitted } = transcript;
  const end = decisive === undefined ? entries.length : Math.min(entries.length, decisive + 4);
  const begin = Math.max(0, end - SHOWN_UNITS);
  const left = entries.length - (end - begin) + omitted;
  const lines = entries.slice(begin, end).map((entry, index) => unit(entry, begin + index === decisive));
  return ['', ...lines, ...(left > 0 ? [`… ${left} more in the results file`] : [])];
}

const ARROWS = { out: '→', in: '←', note: '·' } as const;

function unit({ at, connection, direction, summary, violation }: TranscriptEntry, decisive: boolean): string {
  const mark = decisive || violation !== undefined ? '   ← here' : '';
  return `${at.toFixed(1).padStart(10)} ms  #${connection} ${ARROWS[direction]} ${summary}${mark}`;
}
