export type K6ErrorCode =
  'K6_MISSING' | 'K6_TOO_OLD' | 'K6_NO_EXTENSION' | 'K6_CANNOT_CARRY' | 'K6_WRONG_USE' | 'K6_INTERRUPTED' | 'K6_BROKE';

/** The run could not be made, or broke. `hint`: what to do. */
export class K6Error extends Error {
  readonly code: K6ErrorCode;
  override readonly name = 'K6Error';
  readonly hint: string | undefined;

  constructor(code: K6ErrorCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
