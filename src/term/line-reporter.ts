/** For logs: one line a finished suite, failures at once in full, a sign of life every 15 s. */
import type { Clock, Timer } from '#io';
import type { InstanceResult, RunEvent } from '#results';
import { Blocks } from './blocks.ts';
import { verdictCounts } from './counts.ts';
import { renderHeader } from './header.ts';
import { count, duration } from './numbers.ts';
import type { Paint } from './paint.ts';
import { Progress, type SuiteProgress } from './progress.ts';
import { isShownAtOnce, type Reporter, type ReporterStreams, type Verbosity } from './reporter.ts';
import { visible } from './visible.ts';
import { padRight } from './width.ts';

const HEARTBEAT_MS = 15_000;
const SUITE_COLUMN = 22;

export interface LineReporterOptions {
  readonly streams: ReporterStreams;
  readonly progressPaint: Paint;
  readonly resultsPaint: Paint;
  readonly clock: Clock;
  readonly verbosity: Verbosity;
}

export class LineReporter implements Reporter {
  readonly #options: LineReporterOptions;
  readonly #progress = new Progress();
  readonly #blocks: Blocks;
  readonly #begun: number;
  #heartbeat: Timer | undefined;

  constructor(options: LineReporterOptions) {
    this.#options = options;
    this.#blocks = new Blocks(options.verbosity);
    this.#begun = options.clock.now();
    this.beat();
  }

  event(event: RunEvent): void {
    const { streams, progressPaint, clock } = this.#options;
    this.#progress.event(event, clock.now());
    if (event.type === 'run-start') streams.progress(renderHeader(event, progressPaint));
    else if (event.type === 'note') streams.progress(progressPaint.finish(` ${visible(event.message)}\n`));
    else if (event.type === 'case-end') this.ended(event.result);
  }

  stop(): void {
    this.#heartbeat?.cancel();
    this.#heartbeat = undefined;
  }

  private ended(result: InstanceResult): void {
    const { streams, progressPaint, resultsPaint, verbosity } = this.#options;
    const shown = isShownAtOnce(result, verbosity);
    if (shown) streams.results(this.#blocks.block(result, resultsPaint));
    const suite = this.#progress.suite(result.suite);
    const finished = suite !== undefined && suite.done === suite.planned;
    if (finished) streams.progress(suiteLine(suite, progressPaint));
    if (shown || finished) this.beat();
  }

  /** Counts from the last line on: where lines come, nobody needs a sign of life. */
  private beat(): void {
    const { clock, streams, progressPaint } = this.#options;
    this.#heartbeat?.cancel();
    this.#heartbeat = clock.after(HEARTBEAT_MS, () => {
      streams.progress(progressPaint.finish(this.signOfLife()));
      this.beat();
    });
  }

  private signOfLife(): string {
    const { clock } = this.#options;
    const { done, planned, running } = this.#progress;
    const [slowest] = running.keys();
    const waits = slowest === undefined ? '' : `, ${count(running.size, 'instance')} running, the longest ${slowest}`;
    return ` … ${duration(clock.now() - this.#begun)}: ${done} of ${planned} done${visible(waits)}\n`;
  }
}

export function suiteLine(suite: SuiteProgress, paint: Paint): string {
  const name = padRight(visible(suite.suite), SUITE_COLUMN);
  return paint.finish(` ${name} ${verdictCounts(suite.counts, paint)}\n`);
}
