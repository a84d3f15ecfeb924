/** Faults with client certificates. */
import type { FaultName } from '#spec';
import type { About, Alteration } from '../alteration.ts';
import type { TlsRuleName } from '../tls/rules.ts';

const waive = (...rules: readonly TlsRuleName[]): Alteration => ({ waive: rules });
const waiveWhen = (rules: readonly TlsRuleName[], when: (about: About) => boolean): Alteration => ({
  waive: rules,
  when,
});

/** Whoever trusts somebody's certificates does not miss, or look at, his revocation lists. */
const WITHOUT_LISTS: readonly TlsRuleName[] = ['tls.list-present', 'tls.list-signed'];

/** Neither asked for nor missed. */
const withoutCertificates = (transport: 'ws' | 'tcp'): Alteration => ({
  waive: ['tls.certificate-required'],
  decide: { 'tls.asks-certificate': (normal, about) => about.transport !== transport && normal },
  when: (about) => about.transport === transport,
});

/** A certificate with which nothing is wrong is refused all the same. */
const refuse = (which: (about: About) => boolean): Alteration => ({
  decide: { 'tls.admits': (normal, about) => normal && !which(about) },
});

const key =
  (kind: string, bits?: number) =>
  ({ certificate }: About): boolean =>
    certificate?.key.kind === kind && (bits === undefined || certificate.key.bits === bits);

export const TLS = {
  'accepts-no-certificate': waive('tls.certificate-required'),
  'asks-for-no-certificate': {
    waive: ['tls.certificate-required'],
    decide: { 'tls.asks-certificate': () => false },
  },
  'asks-for-certificates-on-tcp-only': withoutCertificates('ws'),
  'asks-for-certificates-on-websocket-only': withoutCertificates('tcp'),
  'requires-certificates-always': { decide: { 'tls.requires': () => true } },
  'accepts-any-authority': waive('tls.known-authority', ...WITHOUT_LISTS),
  'accepts-missing-issuers': waiveWhen(['tls.known-authority'], ({ path }) => path?.length === 1),
  'trusts-issuers-by-name': waiveWhen(
    ['tls.signature', ...WITHOUT_LISTS],
    ({ trustedIssuer }) => trustedIssuer === false,
  ),
  'accepts-broken-signatures': waiveWhen(['tls.signature'], ({ trustedIssuer }) => trustedIssuer === true),
  'accepts-self-signed': waive('tls.not-self-signed'),
  'accepts-self-signed-of-known-name': waiveWhen(['tls.not-self-signed'], ({ knownName }) => knownName === true),
  'accepts-expired-certificates': waive('tls.not-expired'),
  'accepts-certificates-of-the-future': waive('tls.valid-already'),
  'ignores-extended-key-usage': waive('tls.purpose'),
  'ignores-key-usage': waive('tls.key-usage'),
  'accepts-leaf-as-issuer': waive('tls.issuer-is-authority'),
  'ignores-path-length': waive('tls.path-length'),
  'ignores-name-constraints': waive('tls.name-constraints'),
  'ignores-critical-extensions': waive('tls.critical-extensions'),
  'accepts-repeated-extensions': waive('tls.extensions-once'),
  'accepts-weak-signatures': waive('tls.weak-signature'),
  'refuses-p256-certificates': refuse(key('ec', 256)),
  'refuses-p384-certificates': refuse(key('ec', 384)),
  'refuses-rsa-certificates': refuse(key('rsa')),
  'refuses-chains': refuse(({ path }) => path !== undefined && path.length > 2),
  'ignores-revocation': waive('tls.not-revoked', 'tls.issuer-not-revoked'),
  'ignores-revocation-on-websocket': {
    waive: ['tls.not-revoked', 'tls.issuer-not-revoked'],
    when: ({ transport }) => transport === 'ws',
  },
  'checks-revocation-of-leaf-only': waive('tls.issuer-not-revoked'),
  'resumes-refused-sessions': { decide: { 'tls.judges-resumed': () => false } },
  'forgets-identity-on-resumption': {
    decide: {
      'tls.identity': (normal, { resumption }) => (resumption === true ? 'none' : normal),
      'tls.odd-name': () => 'anonymous',
    },
    when: ({ resumption }) => resumption === true,
  },
  'mixes-identities-on-resumption': {
    decide: { 'tls.identity': (normal, { resumption }) => (resumption === true ? 'previous' : normal) },
  },
  'believes-user-name': { decide: { 'tls.identity': () => 'user-name' } },
  'identity-of-client-before': { decide: { 'tls.identity': () => 'previous' } },
  'identity-by-part-of-name': { decide: { 'tls.identity': () => 'known-part' } },
  'cuts-names-at-nul': { decide: { 'tls.identity': () => 'cut' } },
  'reads-names-as-filters': { decide: { 'tls.name-in-rules': () => 'as-filter', 'tls.odd-name': () => 'first' } },
  'serves-while-refusing': { decide: { 'tls.refusal': () => 'late' } },
} as const satisfies { readonly [F in FaultName]?: Alteration };
