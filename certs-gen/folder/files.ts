/** Files of a PKI: new ones only, keys for their owner only, nothing outside the folder. */
import { chmod, lstat, mkdir, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { PkiError } from '../errors.ts';

export interface NewFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly content: string | Buffer;
  /** Readable by its owner only. */
  readonly secret?: true;
  /** Replaces what is there: the index and its description only. */
  readonly replaces?: true;
}

const SECRET_MODE = 0o600;
const MODE = 0o644;

/** All of them or none: what was written is removed if one can't be. First, `instead` are taken away. */
export async function writeFiles(
  directory: string,
  files: readonly NewFile[],
  instead: readonly string[] = [],
): Promise<void> {
  const written: string[] = [];
  try {
    await refuseToOverwrite(directory, files, instead);
    for (const path of instead) await rm(inside(directory, path), { force: true });
    for (const { path, content, secret, replaces } of files) {
      const target = inside(directory, path);
      await ownFolder(directory, dirname(target));
      const mode = secret === true ? SECRET_MODE : MODE;
      if (replaces === true) await replace(target, content, mode);
      else {
        // Exclusive: neither a file nor a link that is there is written to.
        await writeFile(target, content, { flag: 'wx', mode });
        written.push(target);
        await chmod(target, mode);
      }
    }
  } catch (error) {
    await Promise.all(written.map((path) => rm(path, { force: true })));
    throw refusal(error, directory);
  }
}

async function replace(target: string, content: string | Buffer, mode: number): Promise<void> {
  const fresh = `${target}.new`;
  await rm(fresh, { force: true });
  await writeFile(fresh, content, { flag: 'wx', mode });
  await rename(fresh, target);
}

/** Before anything is touched: whatever is there and not to be replaced stays, and so does the rest. */
async function refuseToOverwrite(
  directory: string,
  files: readonly NewFile[],
  instead: readonly string[],
): Promise<void> {
  for (const path of instead) await ownFolder(directory, dirname(inside(directory, path)));
  for (const { path, replaces } of files) {
    if (replaces === true || instead.includes(path) || !(await exists(inside(directory, path)))) continue;
    throw new PkiError('EXISTS', `${directory}/${path} is there already: nothing is overwritten`);
  }
}

/** @throws PkiError where the path leads out of the folder. */
export function inside(directory: string, path: string): string {
  const root = resolve(directory);
  const target = resolve(root, path);
  if (target.startsWith(root + sep)) return target;
  throw new PkiError('OUTSIDE', `${path} is not inside ${directory}`);
}

/** Makes it if need be; a link that leads elsewhere is refused. */
async function ownFolder(directory: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const expected = join(await realpath(directory), folder.slice(resolve(directory).length));
  if (resolve(await realpath(folder)) !== resolve(expected)) {
    throw new PkiError('OUTSIDE', `${folder} is a link that leads out of ${directory}: nothing is written there`);
  }
}

export type FolderState = 'absent' | 'empty' | 'ours' | 'other';

/** What is at this place: only the index tells that a folder is ours. */
export async function folderState(directory: string, index: string): Promise<FolderState> {
  try {
    const names = await readdir(directory);
    if (names.includes(index)) return 'ours';
    return names.length === 0 ? 'empty' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !(await exists(directory))) return 'absent';
    throw refusal(error, directory);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** What the system said, in a sentence. */
export function refusal(error: unknown, path: string): Error {
  if (error instanceof PkiError) return error;
  const { code, path: where = path, message } = error as NodeJS.ErrnoException;
  const sentence: Readonly<Record<string, string>> = {
    EACCES: `no permission for ${where}`,
    EPERM: `no permission for ${where}`,
    EROFS: `${where} is on a file system that can't be written`,
    ENOSPC: `no space is left for ${where}`,
    ENOTDIR: `${where} is not a folder`,
    EISDIR: `${where} is a folder`,
    ENOENT: `there is no ${where}`,
    EEXIST: `${where} is there already: nothing is overwritten`,
  };
  return new PkiError(code === 'EEXIST' ? 'EXISTS' : 'UNREADABLE', sentence[code ?? ''] ?? message);
}
