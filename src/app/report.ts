/** Reports of results: of a run that has just ended, or of files. */
import { readFile } from 'node:fs/promises';
import type { RunResult } from '#results';
import { UsageError } from './errors.ts';
import { type ReportFile, stemOf, writeReportFiles } from './report-files.ts';

export const REPORT_FORMATS = ['html', 'junit', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportOptions {
  readonly formats: readonly ReportFormat[];
  /** Created where it does not exist. */
  readonly folder: string;
}

/** Reads results files and writes reports of them; several files stand side by side. Gives the paths. Throws `UsageError`. */
export async function report(files: readonly string[], options: ReportOptions): Promise<string[]> {
  return writeReports(await Promise.all(files.map(readResults)), options);
}

/** HTML holds all results in columns; of the other formats each result gets a file of its own. Gives the paths. */
export async function writeReports(results: readonly RunResult[], options: ReportOptions): Promise<string[]> {
  const [first] = results;
  if (first === undefined) throw new UsageError('no results were given');
  const { renderHtml, renderJson, renderJunit } = await import('#reports');
  const single: Readonly<
    Record<Exclude<ReportFormat, 'html'>, readonly [ending: string, render: (one: RunResult) => string]>
  > = { json: ['json', renderJson], junit: ['junit.xml', renderJunit] };
  const paths: string[] = [];
  const together = options.formats.includes('html') ? [{ ending: 'html', content: renderHtml(results) }] : [];
  for (const [index, one] of results.entries()) {
    const own = options.formats.flatMap((format): ReportFile[] => {
      if (format === 'html') return index === 0 ? together : [];
      const [ending, render] = single[format];
      return [{ ending, content: render(one) }];
    });
    const label =
      results.length > 1 && index === 0 ? results.map(({ target }) => target.label).join(' ') : one.target.label;
    if (own.length > 0) paths.push(...(await writeReportFiles(options.folder, stemOf(label, one.run.startedAt), own)));
  }
  return paths;
}

/** The results file of a run, as text: what `--json` prints. */
export async function resultsDocument(result: RunResult): Promise<string> {
  return (await import('#reports')).renderJson(result);
}

/** Throws `UsageError`, whose message names the file and says what it is instead. */
async function readResults(file: string): Promise<RunResult> {
  const { readRunResult, ResultsFileError } = await import('#results');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${(error as Error).message}`,
      'for example: mqttspec report mqttspec-out/*.json',
    );
  }
  try {
    return readRunResult(text);
  } catch (error) {
    throw error instanceof ResultsFileError ? new UsageError(`${file}: ${error.message}`) : error;
  }
}
