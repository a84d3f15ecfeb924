/** What shows a run while it goes on. */
import type { InstanceResult, RunEvent } from '#results';

export interface Reporter {
  event(event: RunEvent): void;
  /** Leaves the terminal as it was; nothing is written after it. */
  stop(): void;
}

export interface ReporterStreams {
  progress(text: string): void;
  results(text: string): void;
}

/** 0: failures · 1: transcripts of passes, too · 2: with octets. */
export type Verbosity = 0 | 1 | 2;

/** Failures, and what is as bad, are shown at once; the rest only to those who ask. */
export function isShownAtOnce({ verdict }: InstanceResult, verbosity: Verbosity): boolean {
  return (
    verdict === 'fail' || verdict === 'error' || verdict === 'inconclusive' || (verbosity > 0 && verdict !== 'not-run')
  );
}
