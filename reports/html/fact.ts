import type { InstanceResult } from '#results';
import { decisiveFinding } from '../proof.ts';

const LONGEST_FACT = 34;

/** What decided, in a few characters: a reason code, a close code, "timeout", or how the sentence begins. */
export function decisiveFact(one: InstanceResult): string {
  if (one.verdict === 'pass') return '';
  const decisive = decisiveFinding(one);
  const actual = decisive?.actual ?? one.actual ?? one.reason ?? decisive?.message ?? '';
  if (one.verdict !== 'observed' && one.verdict !== 'skip') {
    const code = /\b0x[0-9A-Fa-f]{2}\b/.exec(actual)?.[0];
    if (code !== undefined) return code;
    const close = /\b(?:close|code)\D{0,8}(1\d{3})\b/i.exec(actual)?.[1];
    if (close !== undefined) return `close ${close}`;
    const status = /\bHTTP\S* (\d{3})\b/.exec(actual)?.[1];
    if (status !== undefined) return `HTTP ${status}`;
    if (decisive?.evidence === 'deadline') return /still open/i.test(actual) ? 'still open' : 'timeout';
  }
  return actual.length <= LONGEST_FACT ? actual : `${actual.slice(0, LONGEST_FACT).trimEnd()}…`;
}
