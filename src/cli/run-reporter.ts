/** What a run shows, and on which stream. */
import { createReporter, type ReporterOptions } from '#term';
import type { Values } from './options.ts';
import type { Terminal } from './terminal.ts';

/** What stdout carries: text for people, or one machine format and nothing else. */
export type OutputMode = 'text' | 'quiet' | 'json' | 'events';

export function outputMode({ json, events, quiet }: Values<'run'>): OutputMode {
  if (json) return 'json';
  if (events) return 'events';
  return quiet ? 'quiet' : 'text';
}

type Reporter = ReturnType<typeof createReporter>;

const SILENT: Reporter = { event: () => undefined, stop: () => undefined };

export function reporterFor(values: Values<'run'>, terminal: Terminal): Reporter {
  if (values.quiet) return SILENT;
  const forPeople = outputMode(values) === 'text';
  return createReporter({
    streams: { progress: terminal.err, results: forPeople ? terminal.out : terminal.err },
    progressPaint: terminal.errPaint,
    resultsPaint: forPeople ? terminal.outPaint : terminal.errPaint,
    verbosity: Math.min(2, values.verbose) as ReporterOptions['verbosity'],
    animate: terminal.animate,
  });
}
