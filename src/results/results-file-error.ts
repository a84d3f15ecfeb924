export type ResultsFileErrorCode = 'empty' | 'truncated' | 'not-json' | 'other-format' | 'newer-format' | 'invalid';

/** A results file that cannot be used; the message says what it is instead and what to do. */
export class ResultsFileError extends Error {
  readonly code: ResultsFileErrorCode;

  constructor(code: ResultsFileErrorCode, message: string) {
    super(message);
    this.name = 'ResultsFileError';
    this.code = code;
  }
}
