/** What became of one instance of a case. */
export type Verdict = 'pass' | 'fail' | 'warn' | 'observed' | 'skip' | 'inconclusive' | 'error' | 'not-run';

interface VerdictMark {
  readonly mark: string;
  /** For terminals without UTF-8; one column, as `mark` is. */
  readonly ascii: string;
  readonly word: string;
  readonly meaning: string;
}

export const VERDICT_MARKS = {
  pass: { mark: '✓', ascii: '+', word: 'pass', meaning: 'as required' },
  fail: { mark: '✗', ascii: 'x', word: 'fail', meaning: 'a MUST, or a declared CONTRACT, was violated' },
  warn: {
    mark: '⚠',
    ascii: '!',
    word: 'warn',
    meaning: 'a SHOULD was not met, or the breach of a sender was accepted',
  },
  observed: { mark: '○', ascii: 'o', word: 'observed', meaning: 'the standard leaves it open: which way was taken' },
  skip: { mark: '–', ascii: '-', word: 'skip', meaning: 'a capability is absent, or the behaviour was not exercised' },
  inconclusive: {
    mark: '?',
    ascii: '?',
    word: 'inconclusive',
    meaning: 'not exercised: the set-up failed without a violation, or the confirmation disagreed',
  },
  error: { mark: '!', ascii: 'E', word: 'error', meaning: 'the harness broke: our bug' },
  'not-run': { mark: '·', ascii: '.', word: 'not run', meaning: 'the broker was down, or the run ended before' },
} as const satisfies { readonly [V in Verdict]: VerdictMark };

/** In the order of `VERDICT_MARKS`. */
export const VERDICTS = Object.keys(VERDICT_MARKS) as readonly Verdict[];
