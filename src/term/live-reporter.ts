/** For people who watch: failures scroll, the window stays below. */
import type { Clock } from '#io';
import type { RunEvent } from '#results';
import { Blocks } from './blocks.ts';
import { renderHeader } from './header.ts';
import { LiveWindow } from './live-window.ts';
import type { Paint } from './paint.ts';
import { Progress } from './progress.ts';
import { isShownAtOnce, type Reporter, type ReporterStreams, type Verbosity } from './reporter.ts';
import { visible } from './visible.ts';
import { windowLines } from './window-lines.ts';

export interface LiveReporterOptions {
  readonly streams: ReporterStreams;
  /** Asked again at each use: terminals change their width. */
  readonly progressPaint: () => Paint;
  readonly resultsPaint: () => Paint;
  readonly clock: Clock;
  readonly verbosity: Verbosity;
}

export class LiveReporter implements Reporter {
  readonly #options: LiveReporterOptions;
  readonly #progress = new Progress();
  readonly #blocks: Blocks;
  readonly #window: LiveWindow;

  constructor(options: LiveReporterOptions) {
    const { clock, streams, progressPaint } = options;
    const begun = clock.now();
    this.#options = options;
    this.#blocks = new Blocks(options.verbosity);
    this.#window = new LiveWindow({
      clock,
      write: streams.progress,
      lines: () => windowLines(this.#progress, clock.now() - begun, clock.now(), progressPaint()),
    });
  }

  event(event: RunEvent): void {
    const { streams, progressPaint, resultsPaint, clock, verbosity } = this.#options;
    this.#progress.event(event, clock.now());
    if (event.type === 'run-start') this.#window.above(renderHeader(event, progressPaint()), streams.progress);
    else if (event.type === 'note') {
      const paint = progressPaint();
      this.#window.above(paint.finish(` ${visible(event.message)}\n`), streams.progress);
    } else if (event.type === 'case-end' && isShownAtOnce(event.result, verbosity)) {
      this.#window.above(this.#blocks.block(event.result, resultsPaint()), streams.results);
    }
  }

  stop(): void {
    this.#window.stop();
  }
}
