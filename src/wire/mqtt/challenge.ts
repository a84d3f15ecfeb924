import { concat } from '../concat.ts';

/**
 * A method of enhanced authentication (5.0 §4.12) for test brokers and their clients: the server sends random octets,
 * the client answers with the SHA-1 of them and its password, and is told the SHA-1 of both the other way around.
 * No password travels; that is all it promises.
 */
export const CHALLENGE_METHOD = 'MQTTSPEC-CHALLENGE';

/** Octets of a challenge. */
export const CHALLENGE_LENGTH = 16;

type Hash = (bytes: Uint8Array) => Uint8Array;

/** What shows the server that the client knows the password. */
export const challengeAnswer = (hash: Hash, challenge: Uint8Array, password: Uint8Array): Uint8Array =>
  hash(concat(challenge, password));

/** What shows the client that the server knows it, too. */
export const challengeProof = (hash: Hash, challenge: Uint8Array, password: Uint8Array): Uint8Array =>
  hash(concat(password, challenge));
