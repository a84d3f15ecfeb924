import { choice, decision } from '../decision.ts';
import { TLS_FRONT_DECISIONS } from './front-decisions.ts';

/** The choices of a listener with TLS. Those of its handshake are asked once, when it begins to listen. */
export const TLS_DECISIONS = {
  ...TLS_FRONT_DECISIONS,
  'tls.asks-certificate': decision(
    [true, false],
    ['cert/client-none'],
    'whether the handshake asks for a client certificate',
  ),
  'tls.requires': decision([true, false], ['cert/client-none#optional'], 'whether a client must show a certificate'),
  'tls.admits': choice(
    [true, false],
    ['cert/client-valid-ec-p256', 'cert/client-valid-rsa-2048', 'cert/client-valid-intermediate'],
    'whether a certificate with which nothing is wrong is let in',
  ),
  'tls.least-version': choice(
    ['TLSv1.2', 'TLSv1.3', 'TLSv1.1', 'TLSv1'],
    ['tls/version/tls10-refused', 'tls/version/tls11-refused', 'tls/version/tls12'],
    'the oldest version that is spoken',
  ),
  'tls.newest-version': choice(['TLSv1.3', 'TLSv1.2'], ['tls/version/tls13'], 'the newest version that is spoken'),
  'tls.ciphers': choice(
    ['strong', 'static-rsa', 'null'],
    ['tls/cipher/static-rsa', 'tls/cipher/null-anon-export'],
    'cipher suites of TLS 1.2: with forward secrecy and authenticated encryption, those with static RSA too, those without encryption or identity too',
  ),
  'tls.chain': choice(
    ['whole', 'leaf', 'disordered'],
    ['tls/chain/complete', 'tls/chain/order'],
    'which certificates are sent behind the own one',
  ),
  'tls.certificate': choice(
    ['own', 'expired', 'not-yet-valid', 'self-signed', 'foreign-ca', 'wrong-host', 'eku-client', 'rsa-1024', 'sha1'],
    ['tls/cert/valid-now', 'tls/cert/name', 'tls/cert/eku', 'tls/cert/key-size', 'tls/cert/sha2'],
    'the certificate of the listener: its own, or another one that it was given for this (`BrokerTls.others`)',
  ),
  'tls.alpn': choice(
    ['select', 'ignore', 'refuse', 'take-any', 'first'],
    ['tls/alpn/http1', 'tls/alpn/h2-and-http1', 'tls/alpn/unknown', 'tls/alpn/mqtt'],
    'ALPN: the protocol that is spoken or the alert, as if nobody had asked, always the alert, whatever is offered where nothing fits, the first that is offered',
  ),
  'tls.server-name': choice(
    ['any', 'other-certificate', 'refuse-unknown', 'required'],
    ['tls/sni/right-name', 'tls/sni/other-name', 'tls/sni/none'],
    'SNI: of no account, the certificate of another host for its own name, an alert for names that are not its own, needed',
  ),
  'tls.tickets': choice([true, false], ['tls/resumption/offered'], 'whether sessions can be resumed'),
  'tls.judges-resumed': choice(
    [true, false],
    ['tls/resumption/revoked', 'tls/resumption/identity'],
    'whether the certificate of a resumed session is judged again',
  ),
  'tls.refusal': choice(
    ['close', 'reset', 'http-400', 'connack', 'silent', 'late'],
    ['tls/alert/bad-certificate'],
    'how a certificate is refused: the end behind the handshake, HTTP 400 or a refusing CONNACK, never a word, an end that lets time for what was sent',
  ),
  'tls.identity': decision(
    ['common-name', 'user-name', 'known-part', 'previous', 'cut', 'none'],
    ['tls/identity/never-wrong', 'tls/resumption/identity', 'cert/client-cn-device-1', 'cert/client-cn-device-10'],
    'who the client is: the common name, the user name of CONNECT, a known name that is a part of it, who came before, the common name up to U+0000, nobody',
  ),
  'tls.odd-name': choice(
    ['refuse', 'first', 'anonymous'],
    ['cert/client-cn-empty', 'cert/client-cn-two-cn', 'cert/client-cn-wildcard', 'cert/client-cn-nul'],
    'a subject without exactly one plain common name: refused, the first one taken as it is, let in as nobody',
  ),
  'tls.name-in-rules': choice(
    ['as-it-is', 'as-filter'],
    ['cert/client-cn-wildcard'],
    'whether wildcards in a name widen what its user may do',
  ),
  'tls.close-notify': choice([true, false], ['tls/close/close-notify'], 'whether close_notify goes before FIN'),
} as const;
