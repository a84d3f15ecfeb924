/** Variants of TLS below the certificates of clients. */
import type { VariantName } from '#spec';
import type { Alteration } from '../alteration.ts';

export const TLS_WIRE = {
  'refuses-hellos-without-alert': { decide: { 'tls.hello': () => 'close-on-old' } },
  'tls13-only': { decide: { 'tls.least-version': () => 'TLSv1.3' } },
  'refuses-unknown-names': { decide: { 'tls.server-name': () => 'refuse-unknown' } },
  'needs-a-name': { decide: { 'tls.server-name': () => 'required' } },
  'ignores-alpn': { decide: { 'tls.alpn': () => 'ignore' } },
  'staples-ocsp': { decide: { 'tls.staples': () => true } },
  'limits-hellos': { decide: { 'tls.hello': () => 'limited' } },
  'short-handshake-limit': { decide: { 'tls.handshake-limit': () => 3_000 } },
  'gives-no-tickets': { decide: { 'tls.tickets': () => false } },
} as const satisfies { readonly [V in VariantName]?: Alteration };
