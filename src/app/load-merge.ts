/** Results files of load runs: read, joined, written. */
import { readFile, writeFile } from 'node:fs/promises';
import type { LoadResult } from '#results';
import { UsageError } from './errors.ts';

/** Throws `UsageError`, whose message names the file and says what it is instead. */
export async function readLoadFile(file: string): Promise<LoadResult> {
  const { readLoadResult, ResultsFileError } = await import('#results');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return readLoadResult(text);
  } catch (error) {
    throw error instanceof ResultsFileError ? new UsageError(`${file}: ${error.message}`) : error;
  }
}

/** Joins what several runners measured at the same time. Throws `UsageError` where they are not parts of one load. */
export async function loadMerge(files: readonly string[]): Promise<LoadResult> {
  const { LoadMergeError, mergeLoadResults } = await import('#results');
  if (files.length === 0) throw new UsageError('load merge takes the results files of the runners');
  const results = await Promise.all(files.map(readLoadFile));
  try {
    return mergeLoadResults(results, files);
  } catch (error) {
    throw error instanceof LoadMergeError ? new UsageError(error.message) : error;
  }
}

/** Throws `UsageError` where it cannot be written. */
export async function saveLoad(result: LoadResult, file: string): Promise<void> {
  const { writeLoadResult } = await import('#results');
  try {
    await writeFile(file, writeLoadResult(result));
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`, 'name another file: --save FILE');
  }
}

/** The results file of a run, as text: what `--json` prints. */
export async function loadDocument(result: LoadResult): Promise<string> {
  return (await import('#results')).writeLoadResult(result);
}
