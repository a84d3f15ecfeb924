/** The live window as lines: counter, verdicts, time, the slowest running instances. */
import { verdictCounts } from './counts.ts';
import { duration } from './numbers.ts';
import type { Paint } from './paint.ts';
import type { Progress } from './progress.ts';
import { visible } from './visible.ts';
import { fit } from './width.ts';

const SHOWN_RUNNING = 4;

export function windowLines(progress: Progress, elapsedMs: number, now: number, paint: Paint): string[] {
  const width = Math.max(20, paint.style.width - 1);
  const { done, planned, running, counts } = progress;
  if (planned === 0) return ['', paint.dim(` looking at the broker  ${duration(elapsedMs)}`)].map(paint.finish);
  const suites = [...new Set([...running.keys()].map((instance) => instance.split('/')[0] ?? ''))];
  const head = ` ${done}/${planned}  ${duration(elapsedMs)}  ${visible(suites.join(' '))}`;
  const slowest = [...running].sort(([, a], [, b]) => a - b).slice(0, SHOWN_RUNNING);
  return [
    '',
    paint.bold(fit(head, width)),
    // Colour codes take no columns; a window too narrow for the counts gets them without.
    ...(done === 0 ? [] : [countsLine(` ${verdictCounts(counts, paint)}`, width)]),
    ...slowest.map(([instance, begun]) =>
      paint.dim(fit(`   ${duration(now - begun).padStart(7)}  ${visible(instance)}`, width)),
    ),
  ].map((line) => paint.finish(line));
}

// oxlint-disable-next-line no-control-regex
const COLOUR = /\u001b\[\d+m/g;

function countsLine(line: string, width: number): string {
  const bare = line.replace(COLOUR, '');
  return bare.length <= width ? line : fit(bare, width);
}
