export type TargetErrorCode =
  | 'TARGET_URL_INVALID'
  | 'TARGET_URL_SCHEME'
  | 'TARGET_URL_PART'
  | 'TARGET_CREDENTIALS'
  | 'TARGET_HEADER'
  | 'TARGET_TLS'
  | 'TARGET_VERSION'
  | 'TARGET_DECLARATION'
  | 'TARGET_PREFIX';

/** The description of a target is wrong: an error of use (exit code 2). */
export class TargetError extends Error {
  readonly code: TargetErrorCode;
  /** What to type instead. */
  readonly example: string;

  /** `what` says what happened, `advice` what to do. Neither may hold a secret. */
  constructor(code: TargetErrorCode, what: string, advice: string, example: string) {
    super(`${what}: ${advice}, for example ${example}`);
    this.name = 'TargetError';
    this.code = code;
    this.example = example;
  }
}
