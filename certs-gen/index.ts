/** A small PKI with every good and bad certificate that a TLS test needs. Public as `mqttspec/certs`. */
export { KEY_TYPES, type KeyType } from './der/signing.ts';
export { PkiError, type PkiErrorCode } from './errors.ts';
export { exposedToGit } from './folder/git.ts';
export { readPki } from './folder/read.ts';
export { makePki } from './make/make.ts';
export type {
  AuthorityFiles,
  AuthorityRole,
  Outcome,
  Pki,
  PkiIndex,
  PkiOptions,
  Scenario,
  ScenarioFiles,
} from './types.ts';
