/** Faults of TLS below the certificates of clients. */
import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import type { DecisionValue } from '../decisions.ts';
import { on } from './framing-tools.ts';

const flight = (change: DecisionValue<'tls.flight'>): Alteration => ({ decide: { 'tls.flight': () => change } });
const hello = (how: DecisionValue<'tls.hello'>): Alteration => ({ decide: { 'tls.hello': () => how } });
const certificate = (which: DecisionValue<'tls.certificate'>): Alteration => ({
  decide: { 'tls.certificate': () => which },
});

/** Octets of a record at most (RFC 8446 §5.1). */
const RECORD = 16_384;

function changedAtBorder(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= RECORD) return bytes;
  const copy = bytes.slice();
  copy[RECORD] = (copy[RECORD] ?? 0) ^ 0xff;
  return copy;
}

export const TLS_WIRE = {
  'speaks-no-tls13': { decide: { 'tls.newest-version': () => 'TLSv1.2' } },
  // Both sides come to other keys.
  'tls12-handshakes-fail': flight('no-extended-master-secret'),
  'accepts-tls11': { decide: { 'tls.least-version': () => 'TLSv1.1' } },
  'accepts-tls10': { decide: { 'tls.least-version': () => 'TLSv1' } },
  'accepts-ssl3': hello('agree-to-ssl3'),
  'no-downgrade-mark': flight('no-downgrade-mark'),
  'agrees-to-weak-suites': hello('agree-to-weak'),
  'no-renegotiation-info': flight('no-renegotiation-info'),
  'no-extended-master-secret': flight('no-extended-master-secret'),
  'agrees-to-compression': flight('compression'),
  renegotiates: { decide: { 'tls.renegotiation': () => 'serve' } },
  'other-certificate-for-names': { decide: { 'tls.server-name': () => 'other-certificate' } },
  'warns-of-unknown-names': flight('warns-of-names'),
  'refuses-alpn': { decide: { 'tls.alpn': () => 'refuse' } },
  'selects-first-protocol': { decide: { 'tls.alpn': () => 'first' } },
  'selects-any-protocol': { decide: { 'tls.alpn': () => 'take-any' } },
  'sends-chain-reversed': flight('reversed-chain'),
  'sends-no-issuer': { decide: { 'tls.chain': () => 'leaf' } },
  'shows-expired-certificate': certificate('expired'),
  'shows-certificate-of-other-host': certificate('wrong-host'),
  'shows-client-certificate': certificate('eku-client'),
  'shows-certificate-without-signing': flight('no-signature-usage'),
  'shows-weak-key': certificate('rsa-1024'),
  'shows-sha1-certificate': certificate('sha1'),
  'needs-whole-hello': hello('needs-one-segment'),
  'needs-hello-in-one-record': hello('needs-one-record'),
  'stays-open-on-garbage': { decide: { 'tls.not-a-hello': () => 'wait' } },
  'failed-handshake-ends-another-connection': { decide: { 'tls.failed-handshake': () => 'another-too' } },
  'serves-without-tls': { decide: { 'tls.without-tls': () => 'serve' } },
  'serves-mqtt-without-tls': { decide: { 'tls.without-tls': () => 'serve', 'ws.without-upgrade': () => 'serve' } },
  'loses-small-records': on('bytes-received', (effect) => (effect.bytes.length < 4 ? [] : [effect])),
  'alters-octets-behind-16-kib': { bytes: changedAtBorder },
  'no-close-notify': { decide: { 'tls.close-notify': () => false } },
} as const satisfies { readonly [F in FaultName]?: Alteration };
