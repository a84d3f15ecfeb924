/** The revocation lists of all authorities, and those that a broker must not trust. */
import { revocationList } from '../der/crl.ts';
import { nameHash, pem } from '../der/x509.ts';
import { AUTHORITIES, SCENARIOS } from '../table/index.ts';
import { authorityOf, type Authorities, type Authority } from './authority.ts';
import { leafSerial } from './leaf.ts';
import { expired, type Period } from './period.ts';

const LABEL = 'X509 CRL';

export interface RevocationLists {
  /** By authority. */
  readonly each: ReadonlyMap<string, Buffer>;
  /** PEM by path, for those who look by a hash of the issuer. */
  readonly hashed: ReadonlyMap<string, string>;
  /** PEM files with several lists, by file name. */
  readonly bundles: Readonly<Record<'all.pem' | 'expired.pem' | 'wrong-signer.pem' | 'root-only.pem', string>>;
}

export function revocationLists(authorities: Authorities, period: Period, now: Date): RevocationLists {
  const listOf = (authority: Authority, { notBefore, notAfter }: Period, signer = authority): Buffer =>
    revocationList(
      {
        issuer: authority.subject,
        issuerKeyIdentifier: authority.identifier,
        thisUpdate: notBefore,
        nextUpdate: notAfter,
        number: 1,
        revoked: revokedBy(authorities, authority.plan.name),
      },
      signer.keys.privateKey,
    );
  const each = new Map([...authorities].map(([name, authority]) => [name, listOf(authority, period)]));
  const root = authorityOf(authorities, 'root');
  const below = belowRoot().flatMap((name) => each.get(name) ?? []);
  const bundle = (ofRoot: Buffer | undefined): string =>
    [...(ofRoot === undefined ? [] : [ofRoot]), ...below].map((der) => pem(LABEL, der)).join('');
  const good = each.get('root');
  const trusted = ['root', ...belowRoot()].map((name) => authorityOf(authorities, name));
  return {
    each,
    hashed: new Map(
      trusted.map(({ plan, subject }) => [
        `crl/hashed/${nameHash(subject)}.r0`,
        pem(LABEL, each.get(plan.name) ?? Buffer.alloc(0)),
      ]),
    ),
    bundles: {
      'all.pem': bundle(good),
      'expired.pem': bundle(listOf(root, expired(now))),
      'wrong-signer.pem': bundle(listOf(root, period, authorityOf(authorities, 'lookalike'))),
      'root-only.pem': good === undefined ? '' : pem(LABEL, good),
    },
  };
}

/** The authorities that are trusted through the root, without the root. */
export function belowRoot(): readonly string[] {
  return AUTHORITIES.filter(({ issuer }) => issuer !== undefined).map(({ name }) => name);
}

function revokedBy(authorities: Authorities, name: string): readonly Buffer[] {
  const further = AUTHORITIES.filter(({ issuer, revoked }) => issuer === name && revoked === true);
  const leaves = SCENARIOS.flatMap((plan) => (plan.kind === 'certificate' && plan.revoked === true ? [plan] : []));
  return [
    ...further.map((plan) => authorityOf(authorities, plan.name).serial),
    ...leaves.filter(({ issuer }) => (issuer ?? 'root') === name).map((plan) => leafSerial(authorities, plan)),
  ];
}
