import type { InstanceResult } from '#results';
import { contrastOf, decisiveFinding } from '../proof.ts';

const LONGEST_FACT = 34;

/** What decided, in a few characters: a reason code, a close code, "timeout", or how the sentence begins. */
export function decisiveFact(one: InstanceResult): string {
  if (one.verdict === 'pass') return '';
  const contrast = contrastOf(one);
  const actual = contrast.actual ?? one.reason ?? contrast.message ?? '';
  if (one.verdict !== 'observed' && one.verdict !== 'skip') {
    if (/\bstill open\b/i.test(actual)) return 'still open';
    const code = /\b0x[0-9A-Fa-f]{2}\b/.exec(actual)?.[0];
    if (code !== undefined) return code;
    const close = /\b(?:close|code)\D{0,8}(1\d{3})\b/i.exec(actual)?.[1];
    if (close !== undefined) return `close ${close}`;
    const status = /\bHTTP\S* (\d{3})\b/.exec(actual)?.[1];
    if (status !== undefined) return `HTTP ${status}`;
    if (decisiveFinding(one)?.evidence === 'deadline') return 'timeout';
  }
  return actual.length <= LONGEST_FACT ? actual : `${actual.slice(0, LONGEST_FACT).replace(/\s+\S*$/, '')}…`;
}
