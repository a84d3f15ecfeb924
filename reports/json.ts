import { writeRunResult, type RunEvent, type RunResult } from '#results';

/** The results file: the truth of which every other report is a function. */
export function renderJson(result: RunResult): string {
  return writeRunResult(result);
}

/** One line of NDJSON. */
export function ndjsonLine(event: RunEvent): string {
  return `${JSON.stringify(event)}\n`;
}
