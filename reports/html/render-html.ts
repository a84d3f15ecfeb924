/** One HTML file without any request, of one result or several. */
import type { RunResult } from '#results';
import { DETAILS, LEAST } from './detail.ts';
import { modelOf } from './model.ts';
import { page } from './page.ts';

export interface HtmlOptions {
  /** Bytes of the file; details are left out until it fits, and the page says which. Default 2,000,000. */
  readonly maximumSize?: number;
}

const MAXIMUM_SIZE = 2_000_000;

/** Several results become columns. Throws a RangeError where there is none. */
export function renderHtml(results: readonly RunResult[], { maximumSize = MAXIMUM_SIZE }: HtmlOptions = {}): string {
  if (results.length === 0) throw new RangeError('a report needs at least one result');
  const model = modelOf(results);
  const encoder = new TextEncoder();
  for (const detail of DETAILS) {
    const text = page(model, detail, maximumSize);
    if (text !== undefined && encoder.encode(text).length <= maximumSize) return text;
  }
  // As large as it must be.
  return page(model, LEAST);
}
