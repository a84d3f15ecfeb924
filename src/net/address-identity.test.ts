import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import { expect, test } from 'vitest';
import { addressIdentity } from './address-identity.ts';
import { SELF_SIGNED } from './testing/self-signed.ts';

// That a certificate which does name the address is taken is in certs-gen's handshakes: server-valid-ipv6.
test('a certificate without the IPv6 address is refused for that', () => {
  const { raw } = new X509Certificate(SELF_SIGNED.cert);
  const check = addressIdentity('::1').checkServerIdentity;
  expect(check?.('', { raw } as PeerCertificate)).toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    message: 'the certificate does not name the address ::1',
  });
});

test.each(['localhost', '127.0.0.1'])('%s is left to Node', (host) => {
  expect(addressIdentity(host)).toEqual({});
});
