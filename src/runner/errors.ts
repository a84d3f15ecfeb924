import type { ProbeFailure } from '#net';

/** The selection can't be read, or selects nothing: an error of use (exit code 2). */
export class SelectionError extends Error {
  readonly code: 'SELECTION_INVALID' | 'SELECTION_EMPTY';
  /** What to type instead, on lines of its own. */
  readonly hint: string;

  constructor(code: SelectionError['code'], message: string, hint: string) {
    super(message);
    this.name = 'SelectionError';
    this.code = code;
    this.hint = hint;
  }
}

/** The target can't be tested (exit code 3). */
export class NotTestableError extends Error {
  readonly code = 'TARGET_NOT_TESTABLE';
  readonly failure: ProbeFailure;

  constructor(failure: ProbeFailure) {
    super(failure.sentence);
    this.name = 'NotTestableError';
    this.failure = failure;
  }
}
