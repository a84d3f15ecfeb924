/** Whether a certificate names an address (RFC 5280 §4.2.1.6: iPAddress). */
import { X509Certificate } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

/**
 * Node 22.23 finds no IPv6 address in any certificate (its check takes the address for a name), and a broker would be blamed
 * for that: such a host is looked for here. Nothing for other hosts.
 */
export function addressIdentity(host: string): Pick<ConnectionOptions, 'checkServerIdentity'> {
  if (!isIPv6(host)) return {};
  return {
    checkServerIdentity: (_name, { raw }) =>
      new X509Certificate(raw).checkIP(host) === undefined
        ? Object.assign(new Error(`the certificate does not name the address ${host}`), {
            code: 'ERR_TLS_CERT_ALTNAME_INVALID',
          })
        : undefined,
  };
}
