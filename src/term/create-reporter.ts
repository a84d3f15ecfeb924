import { realClock } from '#io';
import { LineReporter } from './line-reporter.ts';
import { LiveReporter } from './live-reporter.ts';
import type { Paint } from './paint.ts';
import type { Reporter, ReporterStreams, Verbosity } from './reporter.ts';

export interface ReporterOptions {
  readonly streams: ReporterStreams;
  /** Asked again by a live window: terminals change their width. */
  readonly progressPaint: () => Paint;
  readonly resultsPaint: () => Paint;
  readonly verbosity: Verbosity;
  /** True where a window may be drawn on the stream of progress. */
  readonly animate: boolean;
}

export function createReporter(options: ReporterOptions): Reporter {
  const { animate, progressPaint, resultsPaint, ...rest } = options;
  const clock = realClock();
  return animate
    ? new LiveReporter({ ...rest, progressPaint, resultsPaint, clock })
    : new LineReporter({ ...rest, progressPaint: progressPaint(), resultsPaint: resultsPaint(), clock });
}
