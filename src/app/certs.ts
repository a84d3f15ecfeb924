/** TEST certificates: made, and listed. */
import {
  exposedToGit,
  knownScenarios,
  makePki,
  PkiError,
  readPki,
  type KnownScenario,
  type PkiIndex,
  type PkiOptions,
} from '#certs-gen';
import { brokerFiles } from './broker-snippets.ts';
import { UsageError } from './errors.ts';

export type CertificateOptions = Omit<PkiOptions, 'companions' | 'now'>;

export interface MadeCertificates {
  readonly index: PkiIndex;
  /** Scenarios that were not there before. */
  readonly added: number;
  /** A sentence where private keys could be committed by mistake. */
  readonly warning?: string;
}

/** Throws `UsageError` where the folder isn't ours or an option isn't possible; then nothing is written. */
export async function makeCertificates(directory: string, options: CertificateOptions): Promise<MadeCertificates> {
  const before = options.force === true ? 0 : scenariosIn(directory);
  try {
    const index = await makePki(directory, { ...options, companions: (made) => brokerFiles(directory, made) });
    const warning = await exposedToGit(directory);
    return { index, added: index.scenarios.length - before, ...(warning === undefined ? {} : { warning }) };
  } catch (error) {
    throw asUsage(error);
  }
}

/** Those of a folder, or all that can be made. */
export async function listCertificates(directory?: string): Promise<readonly KnownScenario[]> {
  if (directory === undefined) return knownScenarios();
  try {
    return readPki(directory).index.scenarios;
  } catch (error) {
    throw asUsage(error);
  }
}

/** None where there is nothing to read: whether that is wrong says who writes there. */
function scenariosIn(directory: string): number {
  try {
    return readPki(directory).index.scenarios.length;
  } catch {
    return 0;
  }
}

/** What somebody can do something about, as the command line tells it. */
export function asUsage(error: unknown): unknown {
  return error instanceof PkiError ? new UsageError(error.message, error.hint) : error;
}
