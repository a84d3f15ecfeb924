import { choice } from '../decision.ts';

/** Choices in an exchange of AUTH (5.0 §4.12). */
export const AUTHENTICATION_DECISIONS = {
  'auth.challenges': choice([1, 2], [], 'how often a client is challenged before it counts as authenticated'),
  'auth.answered': choice([true, false], ['5.0/R-4.12.1-2'], 'whether a request to authenticate again is answered'),
} as const;
