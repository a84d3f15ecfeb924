import { choice, numeric } from '../decision.ts';

/** The choices of a listener before TLS sees what comes, and of what it answers in the plain. */
export const TLS_FRONT_DECISIONS = {
  'tls.without-tls': choice(
    ['refuse', 'serve'],
    ['tls/port/plain-http', 'tls/port/plain-mqtt'],
    'who speaks no TLS on a port of TLS',
  ),
  'tls.not-a-hello': choice(
    ['end', 'wait'],
    ['tls/handshake/garbage'],
    'what is no ClientHello ends the connection, or is waited out',
  ),
  'tls.hello': choice(
    ['serve', 'agree-to-weak', 'agree-to-ssl3', 'close-on-old', 'needs-one-segment', 'needs-one-record', 'limited'],
    [
      'tls/cipher/rc4-3des',
      'tls/cipher/null-anon-export',
      'tls/cipher/static-rsa',
      'tls/version/ssl3-refused',
      'tls/version/refusal-alert',
      'tls/handshake/one-byte-segments',
      'tls/handshake/huge-hello',
    ],
    'a ClientHello: left to TLS; agreed to whatever is weak about its suites, or its version; old ones closed without alert; only whole ones in one segment, in one record; of 16 KiB at most',
  ),
  'tls.flight': choice(
    [
      'as-it-is',
      'no-downgrade-mark',
      'no-renegotiation-info',
      'no-extended-master-secret',
      'compression',
      'warns-of-names',
      'reversed-chain',
      'no-signature-usage',
    ],
    [
      'tls/version/downgrade-sentinel',
      'tls/cipher/secure-renegotiation',
      'tls/cipher/extended-master-secret',
      'tls/cipher/no-compression',
      'tls/sni/warning-alert',
      'tls/chain/leaf-first',
      'tls/chain/order',
      'tls/cert/ku',
    ],
    'the plain flight of TLS 1.2: what a client that goes on would find out to be changed, and one that only looks does not',
  ),
  'tls.renegotiation': choice(
    ['refuse', 'serve'],
    ['tls/renegotiation/client-initiated'],
    'a new handshake that the client asks for',
  ),
  'tls.failed-handshake': choice(
    ['its-own', 'another-too'],
    ['tls/handshake/garbage'],
    'which connection ends by a handshake that fails',
  ),
  'tls.staples': choice([false, true], ['tls/ocsp-stapling'], 'whether an answer of OCSP goes with the certificate'),
  'tls.handshake-limit': numeric([10_000, 3_000], ['tls/handshake/slow'], 'milliseconds for a handshake'),
} as const;
