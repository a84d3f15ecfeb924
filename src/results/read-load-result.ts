import * as v from 'valibot';
import { LOAD_RESULT_FORMAT, type LoadResult } from './load-result.ts';
import { loadResultSchema } from './load-schema.ts';
import { ResultsFileError } from './results-file-error.ts';
import { maskCommand } from './write-run-result.ts';
import { redactUrl } from '#target';

const FORMAT = /^mqttspec\/load-result\/(\d+)$/;

/** Reads the result of a load run. Throws `ResultsFileError`, whose message says what the text is instead of one. */
export function readLoadResult(text: string): LoadResult {
  const value = parsed(text);
  const format = typeof value === 'object' && value !== null ? (value as { format?: unknown }).format : undefined;
  if (format !== LOAD_RESULT_FORMAT) {
    const given = FORMAT.exec(String(format))?.[1];
    if (given !== undefined) {
      throw new ResultsFileError('newer-format', `written by a newer mqttspec (format ${given}): update mqttspec`);
    }
    throw new ResultsFileError(
      'other-format',
      `not the result of a load run: expected "format": "${LOAD_RESULT_FORMAT}"`,
    );
  }
  const checked = v.safeParse(loadResultSchema, value, { abortEarly: true });
  if (checked.success) return checked.output;
  const [issue] = checked.issues;
  throw new ResultsFileError(
    'invalid',
    `not a valid load result: ${v.getDotPath(issue) ?? 'the document'}: ${issue.message}`,
  );
}

function parsed(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') throw new ResultsFileError('empty', 'the file is empty: a load result is JSON');
  try {
    return JSON.parse(trimmed);
  } catch (error) {
    if (trimmed.startsWith('{') && !trimmed.endsWith('}')) {
      throw new ResultsFileError('truncated', 'the file ends in the middle: it was cut off, or is still being written');
    }
    throw new ResultsFileError('not-json', `not JSON: ${(error as Error).message}`);
  }
}

/** The results file, without secrets. Its size is bounded by that of the histograms and the series. */
export function writeLoadResult(result: LoadResult): string {
  const { run, target } = result;
  const shown: LoadResult = {
    ...result,
    run: { ...run, command: maskCommand(run.command) },
    target: { ...target, url: redactUrl(target.url) },
    series: { ...result.series, points: [] },
  };
  // A line for each point, and buckets in a row: indentation would be most of the file.
  const points = result.series.points.map((one) => `\n   ${JSON.stringify(one)}`).join(',');
  const frame = JSON.stringify(shown, undefined, 1).replace(/"buckets": \[[\s\d,]*\]/g, (all) =>
    all.replaceAll(/\s+/g, ''),
  );
  return `${frame.replace('"points": []', () => `"points": [${points}]`)}\n`;
}
