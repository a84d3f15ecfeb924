/** Reports of results: of a run that has just ended, or of files. */
import type { LoadResult, RunResult } from '#results';
import { UsageError } from './errors.ts';
import { type LoadReportFormat, writeLoadReports } from './load-reports.ts';
import { readResults } from './read-results.ts';
import { type ReportFile, stemOf, writeReportFiles } from './report-files.ts';
import { textOf } from './text-of.ts';

export const REPORT_FORMATS = ['html', 'junit', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportOptions {
  readonly formats: readonly ReportFormat[];
  /** Created where it does not exist. */
  readonly folder: string;
}

/** Reads results files, of conformance or of load, and writes reports of them; several stand side by side. Gives the paths. Throws `UsageError`. */
export async function report(
  files: readonly string[],
  { formats, folder }: { readonly formats: readonly LoadReportFormat[]; readonly folder: string },
): Promise<string[]> {
  const read = await Promise.all(files.map(readFile));
  const loads = read.filter((one) => isLoad(one));
  if (loads.length === read.length && loads.length > 0) return writeLoadReports(loads, { formats, folder });
  const runs = read.filter((one) => !isLoad(one));
  if (loads.length > 0) {
    throw new UsageError(
      'results of conformance and of load cannot stand in one report',
      'one report each: mqttspec report FILE…',
    );
  }
  const other = formats.find((format) => !isOfRuns(format));
  if (other !== undefined) {
    throw new UsageError(`--${other} is for results of load runs`, 'of a conformance run: --html, --junit, --json');
  }
  return writeReports(runs, { formats: formats.filter(isOfRuns), folder });
}

const isOfRuns = (format: LoadReportFormat): format is ReportFormat =>
  (REPORT_FORMATS as readonly string[]).includes(format);

const isLoad = (one: RunResult | LoadResult): one is LoadResult => one.format.startsWith('mqttspec/load-result');

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
async function readFile(file: string): Promise<RunResult | LoadResult> {
  const { LOAD_RESULT_FORMAT, readLoadResult, readRunResult } = await import('#results');
  const text = await textOf(file, 'for example: mqttspec report mqttspec-out/*.json');
  const ofLoad = text.slice(0, 200).includes(LOAD_RESULT_FORMAT);
  return readResults(file, () => (ofLoad ? readLoadResult(text) : readRunResult(text)));
}
