export type PkiErrorCode =
  /** The folder holds something else, or an index that is not ours. */
  | 'NOT_OURS'
  /** A file is missing or can't be read. */
  | 'UNREADABLE'
  /** A file is not what the index says: another certificate, another key, an encrypted key. */
  | 'MISMATCH'
  /** There is a PKI already, and what was asked for would change it. */
  | 'EXISTS'
  /** A path that leads out of the folder. */
  | 'OUTSIDE'
  /** Made in the future, or over. */
  | 'CLOCK'
  /** An option that is not possible. */
  | 'OPTION';

/** One sentence that says what is wrong and with what; `hint` says what to do. */
export class PkiError extends Error {
  override readonly name = 'PkiError';
  readonly code: PkiErrorCode;
  readonly hint: string | undefined;

  constructor(code: PkiErrorCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
