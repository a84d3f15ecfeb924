import * as v from 'valibot';
import { ResultsFileError } from './results-file-error.ts';
import { RUN_RESULT_FORMAT, type RunResult } from './run-result.ts';
import { runResultSchema } from './schema.ts';

/** Reads a results file. Throws `ResultsFileError`, whose message says what the text is instead of one. */
export function readRunResult(text: string): RunResult {
  const value = parseJson(text);
  checkFormat(value);
  const parsed = v.safeParse(runResultSchema, value, { abortEarly: true });
  if (!parsed.success) throw invalid(parsed.issues[0]);
  // The schema holds keys to their form only; which ones the catalogue has, each report asks for itself.
  return parsed.output as RunResult;
}

function parseJson(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') throw new ResultsFileError('empty', 'the file is empty: a results file is JSON');
  try {
    return JSON.parse(trimmed);
  } catch (error) {
    if (isEventStream(trimmed)) {
      throw new ResultsFileError(
        'other-format',
        'these are the events of a run (NDJSON), not its result: give the .json file',
      );
    }
    if (trimmed.startsWith('{') && !trimmed.endsWith('}')) {
      throw new ResultsFileError('truncated', 'the file ends in the middle: it was cut off, or is still being written');
    }
    throw new ResultsFileError('not-json', `not JSON: ${(error as Error).message}`);
  }
}

/** Every line an object with a type. */
function isEventStream(text: string): boolean {
  const [first = '', second] = text.split('\n', 2);
  return second !== undefined && /^\{"type":"[a-z-]+"/.test(first);
}

const FORMAT = /^mqttspec\/run-result\/(\d+)$/;

function checkFormat(value: unknown): void {
  const format = typeof value === 'object' && value !== null ? (value as { format?: unknown }).format : undefined;
  if (format === RUN_RESULT_FORMAT) return;
  const known = FORMAT.exec(RUN_RESULT_FORMAT)?.[1];
  const given = FORMAT.exec(String(format))?.[1];
  if (given !== undefined && Number(given) > Number(known)) {
    throw new ResultsFileError(
      'newer-format',
      `written by a newer mqttspec (format ${given}, this one reads ${known}): update mqttspec`,
    );
  }
  const found =
    typeof format === 'string' ? `its format is ${JSON.stringify(format.slice(0, 80))}` : 'it names no format';
  throw new ResultsFileError('other-format', `not the result of a run: ${found}, expected "${RUN_RESULT_FORMAT}"`);
}

function invalid(issue: v.BaseIssue<unknown>): ResultsFileError {
  const path = v.getDotPath(issue) ?? 'the document';
  return new ResultsFileError('invalid', `not a valid results file: ${path}: ${issue.message}`);
}
