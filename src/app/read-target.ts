/** The target of a run, of conformance or of load, as it was described. */
import { parseTarget, type Target, TargetError, type TargetInput } from '#target';
import { UsageError } from './errors.ts';
import { pkiForTarget } from './pki-folder.ts';

/** `pki`: a folder of `certs make`. Throws `UsageError`. */
export async function readTarget({
  pki: directory,
  ...input
}: Omit<TargetInput, 'pki'> & { readonly pki?: string }): Promise<Target> {
  const pki = directory === undefined ? {} : { pki: await pkiForTarget(directory) };
  try {
    return parseTarget({ ...input, ...pki });
  } catch (error) {
    throw error instanceof TargetError ? new UsageError(error.message) : error;
  }
}
