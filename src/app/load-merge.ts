/** Results files of load runs: read, joined, written. */
import { writeFile } from 'node:fs/promises';
import type { LoadResult } from '#results';
import { UsageError } from './errors.ts';
import { readResults } from './read-results.ts';
import { textOf } from './text-of.ts';
import { toolVersion } from './tool-version.ts';

/** Throws `UsageError`, whose message names the file and says what it is instead. */
export async function readLoadFile(file: string): Promise<LoadResult> {
  return loadResult(file, await textOf(file));
}

async function loadResult(file: string, text: string): Promise<LoadResult> {
  const { readLoadResult } = await import('#results');
  return readResults(file, () => readLoadResult(text));
}

/**
 * Joins what several runners measured at the same time: their results, or the logs of k6 with the records of its virtual users.
 * Throws `UsageError` where they are not parts of one load.
 */
export async function loadMerge(files: readonly string[], command = 'mqttspec load merge'): Promise<LoadResult> {
  if (files.length === 0) throw new UsageError('load merge takes the results files of the runners, or logs of k6');
  const { mergeK6Logs, isK6Log } = await import('#load');
  const texts = await Promise.all(files.map((file) => textOf(file)));
  if (texts.every(isK6Log)) {
    return asUsage(() => mergeK6Logs(texts, { toolVersion: toolVersion(), command }));
  }
  const { mergeLoadResults } = await import('#results');
  const results = await Promise.all(files.map((file, index) => loadResult(file, texts[index] ?? '')));
  return asUsage(() => mergeLoadResults(results, files));
}

async function asUsage<T>(act: () => T): Promise<T> {
  const { RecordLinesError, RecordsError } = await import('#load');
  const { LoadMergeError } = await import('#results');
  try {
    return act();
  } catch (error) {
    const refused = [LoadMergeError, RecordLinesError, RecordsError].some((kind) => error instanceof kind);
    throw refused ? new UsageError((error as Error).message) : error;
  }
}

/** Throws `UsageError` where it cannot be written. */
export async function saveLoad(result: LoadResult, file: string): Promise<void> {
  await saveText(await loadDocument(result), file);
}

/** Throws `UsageError` where it cannot be written. */
export async function saveText(text: string, file: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`, 'name another file: --save FILE');
  }
}

/** The results file of a run, as text: what `--json` prints. */
export async function loadDocument(result: LoadResult): Promise<string> {
  return (await import('#results')).writeLoadResult(result);
}
