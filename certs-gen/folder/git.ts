/** Whether private keys could be committed by mistake. */
import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { INDEX } from './index-file.ts';

/** A sentence where the folder is inside a git work tree that does not ignore it; else undefined. */
export async function exposedToGit(directory: string): Promise<string | undefined> {
  const workTree = await workTreeAbove(resolve(directory));
  if (workTree === undefined) return undefined;
  const code = await ignored(workTree, join(resolve(directory), INDEX));
  if (code === 0) return undefined;
  const unsure = code === 1 ? 'is not ignored there' : 'git does not say whether it is ignored there';
  return `${directory} is inside the git work tree ${workTree} and ${unsure}: private keys could be committed`;
}

async function workTreeAbove(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await access(join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (found) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** 0: ignored, 1: not; anything else: git can't tell. */
function ignored(workTree: string, path: string): Promise<number | null> {
  return new Promise((done) => {
    const child = spawn('git', ['-C', workTree, 'check-ignore', '--quiet', path], { stdio: 'ignore' });
    child.on('error', () => done(null));
    child.on('close', done);
  });
}
