/** Files that options name. */
import { readFile } from 'node:fs/promises';
import { UsageError } from '#app';
import { flagOf, type OptionName } from './options.ts';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
};

/** The text of a file that an option names; one sentence where it cannot be read. */
export async function content(option: OptionName, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`--${flagOf(option)} ${path}: ${WHY[code] ?? message}`);
  }
}
