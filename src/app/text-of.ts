import { readFile } from 'node:fs/promises';
import { UsageError } from './errors.ts';

/** The text of a file that somebody named. Throws `UsageError`, whose message names it; `hint` says what was wanted. */
export async function textOf(file: string, hint?: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`, hint);
  }
}
