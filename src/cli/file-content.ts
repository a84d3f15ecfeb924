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
  return new TextDecoder().decode(await octets(option, path));
}

/** The same, as it stands in the file. */
export async function octets(option: OptionName, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`--${flagOf(option)} ${path}: ${WHY[code] ?? message}`);
  }
}
