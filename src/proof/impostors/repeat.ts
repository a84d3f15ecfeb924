import type { Line } from './line.ts';
import type { World } from './impostor.ts';

/** Calls until the connection is gone, every `ms` and at most `times`: an impostor must end with its case. */
export function repeat(world: World, line: Pick<Line, 'closed'>, ms: number, times: number, call: () => void): void {
  if (times === 0 || line.closed) return;
  world.clock.after(ms, () => {
    if (line.closed) return;
    call();
    repeat(world, line, ms, times - 1, call);
  });
}
