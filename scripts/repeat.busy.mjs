import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

// It computes in slices: between two it sees that its parent has gone, whatever ended that.
const COMPUTE = `
  process.stdin.on('end', () => process.exit()).resume();
  const slice = () => { for (const end = Date.now() + 20; Date.now() < end;); setImmediate(slice); };
  slice();`;

/** Keeps every core busy with a process of its own until the returned function is called, or this process ends. */
export function keepBusy() {
  const children = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', COMPUTE], { stdio: ['pipe', 'ignore', 'ignore'] }),
  );
  return () => children.forEach((child) => child.kill());
}
