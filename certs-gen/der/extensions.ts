/** Extensions of certificates: the usual ones as node-forge fills them in, any other with a value of our own. */
import { isIP } from 'node:net';
import { binary, implicit, octets, seq, tagged, type Der } from './asn1.ts';

/** As node-forge takes it: known by its name, or an object identifier with its value. */
export interface Extension {
  readonly name?: string;
  readonly id?: string;
  readonly critical?: boolean;
  readonly value?: Der;
  readonly [field: string]: unknown;
}

export const OID = {
  crlNumber: '2.5.29.20',
  subjectKeyIdentifier: '2.5.29.14',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
} as const;

export function basicConstraints(authority: boolean, pathLength?: number): Extension {
  const limit = pathLength === undefined ? {} : { pathLenConstraint: pathLength };
  return { name: 'basicConstraints', critical: true, cA: authority, ...limit };
}

export type KeyUsage = 'digitalSignature' | 'keyEncipherment' | 'keyAgreement' | 'keyCertSign' | 'cRLSign';

export function keyUsage(...uses: readonly KeyUsage[]): Extension {
  return { name: 'keyUsage', critical: true, ...Object.fromEntries(uses.map((use) => [use, true])) };
}

export type ExtendedKeyUsage = 'clientAuth' | 'serverAuth' | 'any';

export function extendedKeyUsage(use: ExtendedKeyUsage): Extension {
  return { name: 'extKeyUsage', [use === 'any' ? '2.5.29.37.0' : use]: true };
}

/** DNS names and addresses. Critical where the subject is empty (RFC 5280 §4.2.1.6). */
export function alternativeNames(hosts: readonly string[], critical = false): Extension {
  const altNames = hosts.map((host) =>
    isIP(host) === 0 ? { type: 2, value: host } : { type: 7, value: binary(addressOctets(host)) },
  );
  return { name: 'subjectAltName', critical, altNames };
}

/** An address as text in a DNS name: what a careless tool writes. */
export function addressesAsDnsNames(addresses: readonly string[]): Extension {
  return { name: 'subjectAltName', critical: false, altNames: addresses.map((value) => ({ type: 2, value })) };
}

export function subjectKeyIdentifier(identifier: Uint8Array): Extension {
  return { id: OID.subjectKeyIdentifier, critical: false, value: octets(identifier) };
}

export function authorityKeyIdentifier(identifier: Uint8Array): Extension {
  return { id: OID.authorityKeyIdentifier, critical: false, value: seq(implicit(0, identifier)) };
}

/** Permitted subtrees: DNS names, and networks as `127.0.0.0/8` (RFC 5280 §4.2.1.10). */
export function permittedNames(names: readonly string[]): Extension {
  const subtrees = names.map((name) =>
    seq(name.includes('/') ? implicit(7, network(name)) : implicit(2, Buffer.from(name, 'latin1'))),
  );
  return { id: OID.nameConstraints, critical: true, value: seq(tagged(0, ...subtrees)) };
}

/** `127.0.0.0/8`: the address, then the mask. */
function network(text: string): Buffer {
  const [address = '', prefix = ''] = text.split('/');
  const octetsOfAddress = addressOctets(address);
  const mask = octetsOfAddress.map((_, at) => 256 - 2 ** Math.min(8, Math.max(0, 8 * (at + 1) - Number(prefix))));
  return Buffer.concat([octetsOfAddress, mask]);
}

/** Four octets, or sixteen. */
function addressOctets(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  // The URL parser writes every address in its shortest form without dots.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  const all = [...before, ...zeros, ...after].map((group) => group.padStart(4, '0'));
  return Buffer.from(all.join(''), 'hex');
}
