/** What the broker checks of a client's certificate. Each is asked only when it is broken. */
import type { Rule } from '../rule.ts';

export const TLS_RULES = {
  'tls.certificate-required': {
    binds: ['cert/client-none'],
    recovery: 'a client without certificate is let in, and is nobody',
  },
  'tls.known-authority': {
    binds: ['cert/client-foreign-ca', 'cert/client-lookalike-ca', 'cert/client-no-chain'],
    recovery: 'the issuer is not looked for among the trusted ones',
  },
  'tls.not-self-signed': {
    binds: ['cert/client-self-signed', 'cert/client-self-signed-same-name'],
    recovery: 'a certificate that signed itself is taken',
  },
  'tls.signature': {
    binds: ['cert/client-bad-signature', 'cert/client-lookalike-ca'],
    recovery: 'a signature that does not fit is taken',
  },
  'tls.weak-signature': {
    binds: ['cert/client-md5', 'cert/client-sha1'],
    recovery: 'signatures with MD5 and SHA-1 are taken',
  },
  'tls.not-expired': { binds: ['cert/client-expired'], recovery: 'the end of the validity is not looked at' },
  'tls.valid-already': { binds: ['cert/client-not-yet-valid'], recovery: 'its beginning is not looked at' },
  'tls.purpose': { binds: ['cert/client-eku-server'], recovery: 'the extended key usage is not looked at' },
  'tls.key-usage': { binds: ['cert/client-ku-no-signature'], recovery: 'the key usage is not looked at' },
  'tls.issuer-is-authority': { binds: ['cert/client-issued-by-leaf'], recovery: 'every certificate may issue others' },
  'tls.path-length': { binds: ['cert/client-pathlen'], recovery: 'paths may have any length' },
  'tls.name-constraints': { binds: ['cert/client-name-constraint'], recovery: 'issuers may name anybody' },
  'tls.critical-extensions': {
    binds: ['cert/client-critical-unknown'],
    recovery: 'extensions that nobody knows are passed over',
  },
  'tls.extensions-once': {
    binds: ['cert/client-duplicate-extension'],
    recovery: 'an extension may be there twice',
  },
  'tls.not-revoked': {
    binds: ['cert/client-revoked', 'tls/resumption/revoked'],
    recovery: 'the revocation list of the client’s issuer is not looked at',
  },
  'tls.issuer-not-revoked': {
    binds: ['cert/client-revoked-intermediate'],
    recovery: 'revocation lists above the issuer are not looked at',
  },
  'tls.list-present': { binds: ['cert/crl-root-only'], recovery: 'without a list nothing is revoked' },
  'tls.list-current': { binds: ['cert/crl-expired'], recovery: 'an old list is taken' },
  'tls.list-signed': { binds: ['cert/crl-wrong-signer'], recovery: 'a list of somebody else is taken' },
} as const satisfies Record<string, Rule>;

export type TlsRuleName = keyof typeof TLS_RULES;

/** OpenSSL names what it found; everything else is a certificate without a path to a trusted authority. */
const FOUND: Readonly<Record<string, TlsRuleName>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls.not-self-signed',
  CERT_SIGNATURE_FAILURE: 'tls.signature',
  CA_MD_TOO_WEAK: 'tls.weak-signature',
  CERT_HAS_EXPIRED: 'tls.not-expired',
  CERT_NOT_YET_VALID: 'tls.valid-already',
  INVALID_PURPOSE: 'tls.purpose',
  INVALID_CA: 'tls.issuer-is-authority',
  PATH_LENGTH_EXCEEDED: 'tls.path-length',
};

/** The rule that a verification error of OpenSSL breaks. */
export function brokenRule(code: string): TlsRuleName {
  return FOUND[code] ?? 'tls.known-authority';
}
