/** A small PKI with every good and bad certificate that a TLS test needs. Public as `mqttspec/certs`. */
import type { KnownScenario, PkiIndex, PkiOptions } from './types.ts';

export { KEY_TYPES, type KeyType } from './der/key-types.ts';
export { PkiError, type PkiErrorCode } from './errors.ts';
export { exposedToGit } from './folder/git.ts';
export { readPki } from './folder/read.ts';
export type {
  AuthorityFiles,
  AuthorityRole,
  KnownScenario,
  Outcome,
  Pki,
  PkiIndex,
  PkiOptions,
  Scenario,
  ScenarioFiles,
} from './types.ts';

/**
 * Writes certificates, keys, revocation lists and `index.json` into a folder that is absent, empty, or a PKI of ours:
 * then what is missing is added, and nothing is changed.
 * @throws PkiError, one sentence, with nothing written.
 */
export async function makePki(directory: string, options: PkiOptions = {}): Promise<PkiIndex> {
  // Whoever only reads a PKI does not wait for what makes one.
  const make = await import('./make/make.ts');
  return make.makePki(directory, options);
}

/** Every scenario that can be made. */
export async function knownScenarios(): Promise<readonly KnownScenario[]> {
  const { KNOWN_SCENARIOS } = await import('./make/known.ts');
  return KNOWN_SCENARIOS;
}
