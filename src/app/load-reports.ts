/** Reports of load runs: of runs that have just ended, or of files. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { LoadResult } from '#results';
import { UsageError } from './errors.ts';
import { type ReportFile, stemOf, writeReportFiles } from './report-files.ts';

export const LOAD_REPORT_FORMATS = ['html', 'junit', 'json', 'markdown', 'csv'] as const;
export type LoadReportFormat = (typeof LOAD_REPORT_FORMATS)[number];

export interface LoadReportOptions {
  readonly formats: readonly LoadReportFormat[];
  /** Created where it does not exist. */
  readonly folder: string;
}

/** HTML compares all results; of the other formats each result gets a file of its own. Gives the paths. Throws `UsageError`. */
export async function writeLoadReports(
  results: readonly LoadResult[],
  { formats, folder }: LoadReportOptions,
): Promise<string[]> {
  const [first] = results;
  if (first === undefined) throw new UsageError('no results were given');
  const paths: string[] = [];
  for (const [index, one] of results.entries()) {
    const files = await Promise.all(
      formats.filter((format) => index === 0 || format !== 'html').map((format) => fileOf(format, one, results)),
    );
    const stem = stemOf(`load ${one.profile.name} ${one.target.label}`, one.run.startedAt);
    if (files.length > 0) paths.push(...(await writeReportFiles(folder, stem, files)));
  }
  return paths;
}

async function fileOf(format: LoadReportFormat, one: LoadResult, all: readonly LoadResult[]): Promise<ReportFile> {
  const render = await import('#reports');
  switch (format) {
    case 'html':
      return { ending: 'html', content: render.renderLoadHtml(all, { uplot: await uplot() }) };
    case 'junit':
      return { ending: 'junit.xml', content: render.renderLoadJunit(one) };
    case 'markdown':
      return { ending: 'md', content: render.renderLoadMarkdown(one) };
    case 'csv':
      return { ending: 'csv', content: render.renderLoadCsv(one) };
    case 'json':
      return { ending: 'json', content: (await import('#results')).writeLoadResult(one) };
  }
}

/** uPlot as it is published; the page carries it whole. */
async function uplot(): Promise<{ readonly script: string; readonly style: string }> {
  const { resolve } = createRequire(import.meta.url);
  const [script, style] = await Promise.all(
    ['uplot/dist/uPlot.iife.min.js', 'uplot/dist/uPlot.min.css'].map((file) => readFile(resolve(file), 'utf8')),
  );
  return { script: script ?? '', style: style ?? '' };
}
