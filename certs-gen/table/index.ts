import { CLIENTS } from './clients.ts';
import { IDENTITIES } from './identities.ts';
import { ODD_CLIENTS } from './odd-clients.ts';
import { SERVERS } from './servers.ts';
import { client, named, type CertificatePlan, type ScenarioPlan } from './plan.ts';

export { AUTHORITIES } from './authorities.ts';
export type { AuthorityPlan, CertificatePlan, ScenarioPlan } from './plan.ts';
export { named } from './plan.ts';

export const SCENARIOS: readonly ScenarioPlan[] = [...CLIENTS, ...ODD_CLIENTS, ...IDENTITIES, ...SERVERS];

/** A valid client with a name of the user's choice. */
export function namedClient(id: string, commonName: string): CertificatePlan {
  return client(id, {
    expected: 'accept',
    subject: named(commonName),
    why: 'a valid client that was asked for',
    source: 'RFC 5280 §6.1',
  });
}
