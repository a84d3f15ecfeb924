import { expect, it } from 'vitest';
import { challengeAnswer, challengeProof } from './challenge.ts';

/** Gives back what it is to digest. */
const open = (bytes: Uint8Array): Uint8Array => bytes;

it('binds challenge and password, each side in its own order', () => {
  const [challenge, password] = [Uint8Array.of(1, 2), Uint8Array.of(9)];
  expect([...challengeAnswer(open, challenge, password)]).toEqual([1, 2, 9]);
  expect([...challengeProof(open, challenge, password)]).toEqual([9, 1, 2]);
});
