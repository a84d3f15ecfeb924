/** One HTML file without any request, of one result or several. */
import type { RunResult } from '#results';
import { modelOf } from './model.ts';
import { page } from './page.ts';

export interface HtmlOptions {
  /**
   * Bytes of the file; details are left out where they don't fit, and the page says which. Never left out are the first screen,
   * the tables of cases and requirements, and a fifth of these bytes for pages of failing cases. Default 2,000,000, or 1,250 for
   * each instance where there are more than 1,600.
   */
  readonly maximumSize?: number;
}

const MAXIMUM_SIZE = 2_000_000;
/** Of runs beyond 400 cases of four brokers. */
const INSTANCE_SIZE = 1_250;

/** Several results become columns. Throws a RangeError where there is none. */
export function renderHtml(results: readonly RunResult[], { maximumSize }: HtmlOptions = {}): string {
  if (results.length === 0) throw new RangeError('a report needs at least one result');
  const instances = results.reduce((sum, { cases }) => sum + cases.length, 0);
  return page(modelOf(results), maximumSize ?? Math.max(MAXIMUM_SIZE, instances * INSTANCE_SIZE));
}
