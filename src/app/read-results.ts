import { UsageError } from './errors.ts';

/** What is no results file is told by `UsageError`, with the name of the file. */
export async function readResults<T>(file: string, read: () => T): Promise<T> {
  const { ResultsFileError } = await import('#results');
  try {
    return read();
  } catch (error) {
    throw error instanceof ResultsFileError ? new UsageError(`${file}: ${error.message}`) : error;
  }
}
