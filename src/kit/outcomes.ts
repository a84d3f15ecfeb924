/** Ways in which a body ends before its last line. Each is an outcome of the test, not an accident. */

/** A judgement was not met; the finding is recorded already. */
export class Unmet extends Error {
  readonly code = 'UNMET';
}

/** The set-up didn't come about, and nothing was violated: `inconclusive`. */
export class SetupFailed extends Error {
  readonly code = 'SETUP_FAILED';
}

/** A capability is absent, or what the prohibition is about never happened: `skip`. */
export class Skipped extends Error {
  readonly code = 'SKIPPED';
}

/** The run was ended: `not-run`. */
export class Aborted extends Error {
  readonly code = 'ABORTED';
}

/** How the reason begins where an instance came too late to judge anything. */
export const TOO_LATE = 'too late to judge';
