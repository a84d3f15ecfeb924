/** One instance as plain text: what was required, what came, the wire. For places that have no markup. */
import type { Finding, InstanceResult } from '#results';
import type { TranscriptEntry } from '#wire';
import { visible } from './text.ts';

/** Units of the wire around the one that decides. */
const SHOWN_UNITS = 40;

/** The first of those that made the verdict. */
export function decisiveFinding(result: InstanceResult): Finding | undefined {
  return result.findings.find(({ verdict }) => verdict === result.verdict) ?? result.findings[0];
}

export function proofText(result: InstanceResult): string {
  const decisive = decisiveFinding(result);
  const lines = [
    result.title,
    ...labelled('requirement', decisive && `[${decisive.requirement}] ${decisive.level}`),
    ...labelled('message', decisive?.message),
    ...labelled('expected', decisive?.expected ?? result.expected),
    ...labelled('actual', decisive?.actual ?? result.actual),
    ...labelled('reason', result.reason === decisive?.message ? undefined : result.reason),
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
