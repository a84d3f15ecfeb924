/** The listener's side of a handshake: versions, ciphers, certificates, as decided when it begins to listen. */
import { constants } from 'node:crypto';
import { createSecureContext, type SecureContext, type TlsOptions } from 'node:tls';
import type { About } from '../alteration.ts';
import type { DecisionValue } from '../decisions.ts';
import type { Gate } from '../gate.ts';
import type { BrokerTls, CertificateWithKey } from './options.ts';

/** Suites of TLS 1.2; what certificates are signed with is the judge's matter, so OpenSSL lets all of it through. */
const CIPHERS: Readonly<Record<DecisionValue<'tls.ciphers'>, string>> = {
  strong: 'ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=0',
  'static-rsa': 'ECDHE+AESGCM:ECDHE+CHACHA20:AES128-GCM-SHA256:AES128-SHA:@SECLEVEL=0',
  null: 'ECDHE+AESGCM:ECDHE+AES:eNULL:aNULL:@SECLEVEL=0',
};

/** Suites that the versions before 1.2 have. */
const OLD_CIPHERS = 'ECDHE+AES:';

/** Milliseconds for a handshake. */
const HANDSHAKE_LIMIT_MS = 10_000;

export function listenerOptions(tls: BrokerTls, gate: Gate, about: About): TlsOptions {
  const minVersion = gate.decide('tls.least-version', 'TLSv1.2', about);
  const maxVersion = gate.decide('tls.newest-version', 'TLSv1.3', about);
  const old = minVersion === 'TLSv1' || minVersion === 'TLSv1.1' ? OLD_CIPHERS : '';
  const tickets = gate.decide('tls.tickets', true, about);
  const renegotiates = gate.decide('tls.renegotiation', 'refuse', about) === 'serve';
  return {
    ...sent(certificateOf(tls, gate, about), gate, about),
    ...(tls.ca === undefined ? {} : { ca: [...tls.ca] }),
    requestCert: gate.decide('tls.asks-certificate', tls.requestCert ?? tls.ca !== undefined, about),
    // The judge decides, not OpenSSL.
    rejectUnauthorized: false,
    minVersion,
    maxVersion,
    ciphers: old + CIPHERS[gate.decide('tls.ciphers', 'strong', about)] + TLS13_CIPHERS,
    secureOptions: (tickets ? 0 : constants.SSL_OP_NO_TICKET) | (renegotiates ? 0 : constants.SSL_OP_NO_RENEGOTIATION),
    handshakeTimeout: gate.decide('tls.handshake-limit', HANDSHAKE_LIMIT_MS, about),
    ...serverName(tls, gate, about),
    ...alpn(gate, about),
  };
}

const TLS13_CIPHERS = ':TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

function certificateOf(tls: BrokerTls, gate: Gate, about: About): CertificateWithKey {
  const which = gate.decide('tls.certificate', 'own', about);
  return which === 'own' ? tls : (tls.others?.[which] ?? tls);
}

function sent({ cert, key }: CertificateWithKey, gate: Gate, about: About): CertificateWithKey {
  const [leaf = cert, ...issuers] = cert.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];
  switch (gate.decide('tls.chain', 'whole', about)) {
    case 'whole':
      return { cert, key };
    case 'leaf':
      return { cert: leaf, key };
    case 'disordered':
      return { cert: [leaf, ...issuers.toReversed()].join(''), key };
  }
}

function serverName(tls: BrokerTls, gate: Gate, about: About): Pick<TlsOptions, 'SNICallback'> {
  const how = gate.decide('tls.server-name', 'any', about);
  const other = tls.others?.['wrong-host'];
  if (how === 'any' || how === 'required') return {};
  return {
    SNICallback: (name, answer: (error: Error | null, context?: SecureContext) => void) => {
      if (how === 'other-certificate' && other !== undefined) answer(null, createSecureContext(other));
      else if (how === 'refuse-unknown' && name !== 'localhost') answer(new Error(`no such host: ${name}`));
      else answer(null);
    },
  };
}

function alpn(gate: Gate, about: About): Pick<TlsOptions, 'ALPNCallback'> {
  const how = gate.decide('tls.alpn', 'select', about);
  if (how === 'ignore') return {};
  const spoken = about.transport === 'ws' ? 'http/1.1' : 'mqtt';
  return {
    ALPNCallback: ({ protocols }) => {
      if (how === 'refuse') return undefined;
      if (how === 'first') return protocols[0];
      if (protocols.includes(spoken)) return spoken;
      return how === 'take-any' ? protocols[0] : undefined;
    },
  };
}
