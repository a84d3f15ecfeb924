/** The authorities, each after its issuer. Those below `root` are trusted through it. */
import type { AuthorityPlan } from './plan.ts';

/** Certificates of the longest chain that is shown, without the root. */
const LONGEST_CHAIN = 9;

/** `chain-1` is issued by the root, each further one by the one before. */
const chain = Array.from({ length: LONGEST_CHAIN - 1 }, (_, at): AuthorityPlan => {
  return { name: `chain-${at + 1}`, issuer: at === 0 ? 'root' : `chain-${at}` };
});

export const AUTHORITIES: readonly AuthorityPlan[] = [
  { name: 'root' },
  { name: 'intermediate', issuer: 'root' },
  { name: 'foreign' },
  { name: 'lookalike', imitates: 'root' },
  { name: 'revoked-intermediate', issuer: 'root', revoked: true },
  // MD5 and SHA-1 signatures need an issuer with an RSA key.
  { name: 'weak-signer', issuer: 'root', key: 'rsa-2048' },
  { name: 'pathlen-0', issuer: 'root', pathLength: 0 },
  { name: 'below-pathlen-0', issuer: 'pathlen-0' },
  { name: 'constrained', issuer: 'root', permitted: ['inside.mqttspec.test'] },
  { name: 'no-authority', issuer: 'root', leaf: true },
  ...chain,
];
