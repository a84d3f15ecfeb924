/** A load run while it goes on: a window where there is a terminal, a line now and then where there is none. */
import { realClock, type Clock } from '#io';
import { Histogram, type LoadPoint } from '#results';
import { LiveWindow } from './live-window.ts';
import { grouped, millis, percent } from './load-numbers.ts';
import { count, duration } from './numbers.ts';
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';
import { fit } from './width.ts';

export interface LoadStart {
  readonly profile: string;
  readonly title: string;
  readonly url: string;
  readonly label: string;
  readonly clients: number;
  readonly seconds: number;
  readonly run: number;
  readonly runs: number;
}

export interface LoadNow {
  readonly stage: string;
  readonly atMs: number;
  readonly point: LoadPoint | undefined;
}

export interface LoadReporter {
  note(message: string): void;
  start(start: LoadStart): void;
  progress(now: LoadNow): void;
  stop(): void;
}

export interface LoadReporterOptions {
  readonly write: (text: string) => void;
  readonly paint: () => Paint;
  /** Default: the machine's. */
  readonly clock?: Clock;
  readonly animate: boolean;
}

/** Milliseconds between two lines where nothing can be redrawn. */
const HEARTBEAT = 15_000;

export function loadReporter(options: LoadReporterOptions): LoadReporter {
  const { write, paint, clock = realClock({ unref: true }), animate } = options;
  let window: LiveWindow | undefined;
  let now: LoadNow | undefined;
  let stage = '';
  let spoken = clock.now();
  const say = (text: string): void => {
    if (window === undefined) write(paint().finish(text));
    else window.above(paint().finish(text), write);
  };
  const open = (): void => {
    window ??= animate ? new LiveWindow({ clock, write, lines: () => liveLines(now, paint()) }) : undefined;
  };
  return {
    note: (message) => say(` ${visible(message)}\n`),
    start(start) {
      say(head(start, paint()));
      open();
    },
    progress(next) {
      now = next;
      if (animate) return;
      const due = clock.now() - spoken > HEARTBEAT;
      if (next.stage === stage && !due) return;
      stage = next.stage;
      spoken = clock.now();
      write(paint().finish(`${line(next)}\n`));
    },
    stop() {
      window?.stop();
      window = undefined;
    },
  };
}

function head({ profile, title, url, label, clients, seconds, run, runs }: LoadStart, paint: Paint): string {
  const which = runs === 1 ? '' : `  run ${run} of ${runs}`;
  const lasts = seconds === 0 ? '' : `, ${duration(seconds * 1000)} and what it takes to connect and drain`;
  return ` ${paint.bold(visible(profile))}  ${visible(title)}${paint.dim(which)}\n ${visible(label)}  ${visible(url)}\n ${count(clients, 'client')}${lasts}\n`;
}

function line({ stage, atMs, point }: LoadNow): string {
  const at = duration(atMs).padStart(8);
  if (point === undefined) return `${at}  ${visible(stage)}`;
  const latency = point.latency === undefined ? '' : `  p99 ${millis(Histogram.from(point.latency).percentile(99))}`;
  const errors = point.errors === 0 ? '' : `  ${count(point.errors, 'error')}`;
  return `${at}  ${visible(stage)}  ${grouped(point.connections)} of ${grouped(point.wanted)} connected  ${grouped(point.sent)}/s sent  ${grouped(point.received)}/s received${latency}${errors}`;
}

function liveLines(now: LoadNow | undefined, paint: Paint): string[] {
  const width = Math.max(20, paint.style.width - 1);
  if (now === undefined) return ['', paint.dim(' starting')];
  const { point } = now;
  const lines = ['', paint.bold(fit(` ${line(now).trim()}`, width))];
  if (point !== undefined) {
    const sends = point.sent + point.blocked;
    const late = sends === 0 ? '' : `, ${percent(point.late / sends)} late, ${percent(point.blocked / sends)} blocked`;
    lines.push(
      paint.dim(fit(` generator: busy ${percent(point.busy ?? 0)}, loop lag ${millis(point.lagMs)}${late}`, width)),
    );
  }
  return lines.map((one) => paint.finish(one));
}
