/** Programs that judge what we made. */
import { spawnSync } from 'node:child_process';
import type { TestContext } from 'vitest';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function perform(program: string, ...args: readonly (string | readonly string[])[]): Ended {
  const { status, stdout, stderr } = spawnSync(program, args.flat(), { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Skips with the reason where it is not installed; in CI it must be, if CI installs it. */
export function needs(context: TestContext, program: string, packageName: string, inCi = true): void {
  const missing = spawnSync(program, ['--version']).error !== undefined;
  if (missing && !(inCi && process.env['CI'] === 'true'))
    context.skip(`${program} is not installed here (${packageName})`);
}
