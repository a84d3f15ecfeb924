/** What a row of the tables says; `make.ts` turns it into files. */
import type { Extension, ExtendedKeyUsage, KeyUsage } from '../der/extensions.ts';
import type { AnyKeyType, Digest } from '../der/signing.ts';
import type { Name } from '../der/x509.ts';
import type { Outcome } from '../types.ts';

/** In every name, so that nobody takes the certificates for real ones. */
export const ORGANIZATION = 'mqttspec TEST';

export function named(commonName: string): Name {
  return [
    { type: 'organizationName', value: ORGANIZATION },
    { type: 'commonName', value: commonName },
  ];
}

export interface AuthorityPlan {
  readonly name: string;
  /** Absent: signed by itself. */
  readonly issuer?: string;
  /** Takes the subject, the serial number and the key identifier of this one, with a key of its own. */
  readonly imitates?: string;
  readonly key?: AnyKeyType;
  readonly pathLength?: number;
  /** DNS names and networks of its name constraints. */
  readonly permitted?: readonly string[];
  /** Issues although it is no authority. */
  readonly leaf?: true;
  /** On the list of its issuer. */
  readonly revoked?: true;
}

interface Described {
  readonly id: string;
  readonly role: 'client' | 'server';
  readonly expected: Outcome;
  readonly why: string;
  readonly source: string;
  readonly needs?: readonly string[];
}

export interface CertificatePlan extends Described {
  readonly kind: 'certificate';
  /** Name of an authority, or itself; default: `root`. */
  readonly issuer?: string;
  readonly key?: AnyKeyType;
  /** Default: its id as common name. */
  readonly subject?: Name;
  /** Subject alternative names; `hosts`: those of the PKI. */
  readonly names?: readonly string[] | 'hosts';
  /** Addresses of the PKI's hosts written as DNS names. */
  readonly addressesAsDns?: true;
  readonly usage?: readonly KeyUsage[];
  /** Default: that of its role. */
  readonly extended?: ExtendedKeyUsage | 'none';
  readonly further?: readonly Extension[];
  readonly validity?: 'expired' | 'not-yet';
  /** Content octets in hexadecimal. */
  readonly serial?: string;
  readonly digest?: Digest;
  readonly version?: 1;
  readonly authority?: true;
  readonly revoked?: true;
  readonly badSignature?: true;
  /** The key that is written is another's. */
  readonly wrongKey?: true;
  /** Its chain is not shown. */
  readonly leafOnly?: true;
}

/** The files of another row in another situation. */
export interface SituationPlan extends Described {
  readonly kind: 'situation';
  /** Whose files; absent: no certificate is shown. */
  readonly like?: string;
  /** The revocation lists for the broker: a file under `crl/`. */
  readonly crl?: string;
}

export type ScenarioPlan = CertificatePlan | SituationPlan;

type Row<Plan extends ScenarioPlan> = Omit<Plan, 'id' | 'role' | 'kind'>;

export function client(id: string, row: Row<CertificatePlan>): CertificatePlan {
  return { kind: 'certificate', role: 'client', id: `client-${id}`, ...row };
}

export function server(id: string, row: Row<CertificatePlan>): CertificatePlan {
  return { kind: 'certificate', role: 'server', id: `server-${id}`, names: 'hosts', ...row };
}

export function situation(id: string, row: Row<SituationPlan>): SituationPlan {
  return { kind: 'situation', role: 'client', id, ...row };
}
