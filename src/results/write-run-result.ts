import { MASK, redactUrl } from '#target';
import type { InstanceResult, RunResult } from './run-result.ts';

/** What a written results file may hold. */
export const RESULT_LIMITS = {
  /** Characters of one text (message, summary, reason). */
  text: 4_000,
  /** Characters of all transcripts; passes give theirs up first, beginning with the longest. */
  transcripts: 64 * 1024 * 1024,
} as const;

/**
 * The results file. What is recorded is masked already; URLs and the command are masked once more here, because this is what
 * people attach to bug reports. Bounded by `RESULT_LIMITS`.
 */
export function writeRunResult(result: RunResult): string {
  const { run, target } = result;
  const bounded: RunResult = {
    ...result,
    run: { ...run, command: maskCommand(run.command) },
    target: { ...target, endpoints: target.endpoints.map((one) => ({ ...one, url: redactUrl(one.url) })) },
    cases: [],
  };
  // A line for each instance: indentation would be a third of the file.
  const cases = withinLimit(result.cases).map((one) => `\n  ${JSON.stringify(one, boundText)}`);
  const frame = JSON.stringify(bounded, boundText, 1);
  return `${frame.replace('"cases": []', () => `"cases": [${cases.join(',')}${cases.length > 0 ? '\n ' : ''}]`)}\n`;
}

const SECRET_OPTION = /(--(?:password|passphrase|header|token)(?:=|\s+))(?:'[^']*'|"[^"]*"|\S+)/g;

/** URLs in it lose user info and query values; options whose value is a secret lose that. */
export function maskCommand(command: string): string {
  return command
    .replaceAll(/[a-z][a-z0-9+.-]*:\/\/[^\s'"]+/gi, (url) => redactUrl(url))
    .replaceAll(SECRET_OPTION, `$1${MASK}`);
}

function boundText(key: string, value: unknown): unknown {
  if (typeof value !== 'string' || key === 'bytes' || value.length <= RESULT_LIMITS.text) return value;
  return `${value.slice(0, RESULT_LIMITS.text)} … (${value.length} characters)`;
}

const GIVES_UP_FIRST = ['pass', 'skip', 'not-run', 'observed', 'warn', 'inconclusive', 'fail', 'error'];

function withinLimit(cases: readonly InstanceResult[]): readonly InstanceResult[] {
  const sizes = new Map(cases.map((one) => [one, sizeOf(one)]));
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (total <= RESULT_LIMITS.transcripts) return cases;
  const dropped = new Set<InstanceResult>();
  const rank = (one: InstanceResult): number => GIVES_UP_FIRST.indexOf(one.verdict);
  const order = [...sizes].sort(([a, sizeA], [b, sizeB]) => rank(a) - rank(b) || sizeB - sizeA);
  for (const [one, size] of order) {
    if (total <= RESULT_LIMITS.transcripts) break;
    dropped.add(one);
    total -= size;
  }
  return cases.map((one) => (dropped.has(one) ? withoutEntries(one) : one));
}

const ENTRY_OVERHEAD = 120;

function sizeOf({ transcript }: InstanceResult): number {
  const entries = transcript?.entries ?? [];
  return entries.reduce((sum, { bytes = '', summary }) => sum + bytes.length + summary.length + ENTRY_OVERHEAD, 0);
}

/** The lanes stay, and the count of what is gone. */
function withoutEntries(one: InstanceResult): InstanceResult {
  if (one.transcript === undefined) return one;
  const { connections, entries, omitted } = one.transcript;
  return { ...one, transcript: { connections, entries: [], omitted: omitted + entries.length } };
}
