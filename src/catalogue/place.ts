/** What can be found on this machine: programs and packages. */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type { LocalPlace } from './entry.ts';

export const program: LocalPlace['program'] = (name, variable) => {
  const given = variable === undefined ? undefined : process.env[variable];
  if (given !== undefined && given !== '') return given;
  if (name === '') return undefined;
  // Debian's rabbitmq-server on PATH changes the user, who may not write to our folder: the real one comes first.
  const folders = [
    '/usr/lib/rabbitmq/bin',
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
  ];
  return folders.map((folder) => join(folder, name)).find((path) => accessible(path, constants.X_OK));
};

/** Reachable from the user's folder, or from ours. */
export const npmPackage: LocalPlace['npmPackage'] = (name) => {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    const paths = createRequire(from).resolve.paths(name) ?? [];
    const found = paths
      .map((path) => join(path, name))
      .find((path) => accessible(join(path, 'package.json'), constants.R_OK));
    if (found !== undefined) return found;
  }
  return undefined;
};

function accessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
