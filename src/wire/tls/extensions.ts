/** Extensions of hello messages (RFC 8446 §4.2, RFC 6066, RFC 7301, RFC 5746, RFC 7627). */
import { latin1Bytes } from '../websocket/latin1.ts';
import { concat } from '../concat.ts';
import { numberOctets, vector, type OctetReader } from './octets.ts';

export const EXTENSIONS = {
  serverName: 0,
  statusRequest: 5,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  alpn: 16,
  padding: 21,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  supportedVersions: 43,
  pskKeyExchangeModes: 45,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

export interface TlsExtension {
  readonly id: number;
  readonly data: Uint8Array;
}

export const GROUPS = { secp256r1: 23, secp384r1: 24, x25519: 29 } as const;

/** Signature schemes that servers of any age have one of: ECDSA, Ed25519, RSA-PSS, RSA PKCS #1, SHA-1 last. */
const SCHEMES = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201,
] as const;

const two = (numbers: readonly number[]): Uint8Array => concat(...numbers.map((number) => numberOctets(number, 2)));

/** A 32-octet X25519 key share that nobody has the key of: enough to be answered, not to go on. */
const KEY_SHARE = Uint8Array.from({ length: 32 }, (_, index) => (index * 7 + 9) % 256);

/** Builders of what a client sends, each `{ id, data }`. */
export const clientExtensions = {
  serverName: (name: string): TlsExtension => ({
    id: EXTENSIONS.serverName,
    data: vector(2, [0], vector(2, latin1Bytes(name))),
  }),
  alpn: (protocols: readonly string[]): TlsExtension => ({
    id: EXTENSIONS.alpn,
    data: vector(2, ...protocols.map((name) => vector(1, latin1Bytes(name)))),
  }),
  supportedVersions: (versions: readonly number[]): TlsExtension => ({
    id: EXTENSIONS.supportedVersions,
    data: vector(1, two(versions)),
  }),
  supportedGroups: (groups: readonly number[] = [GROUPS.x25519, GROUPS.secp256r1, GROUPS.secp384r1]): TlsExtension => ({
    id: EXTENSIONS.supportedGroups,
    data: vector(2, two(groups)),
  }),
  signatureAlgorithms: (schemes: readonly number[] = SCHEMES): TlsExtension => ({
    id: EXTENSIONS.signatureAlgorithms,
    data: vector(2, two(schemes)),
  }),
  /** RFC 8446 §4.2.8. Default: one X25519 share. */
  keyShare: (share: Uint8Array = KEY_SHARE, group: number = GROUPS.x25519): TlsExtension => ({
    id: EXTENSIONS.keyShare,
    data: vector(2, numberOctets(group, 2), vector(2, share)),
  }),
  pskKeyExchangeModes: (): TlsExtension => ({ id: EXTENSIONS.pskKeyExchangeModes, data: Uint8Array.of(1, 1) }),
  ecPointFormats: (): TlsExtension => ({ id: EXTENSIONS.ecPointFormats, data: Uint8Array.of(1, 0) }),
  extendedMasterSecret: (): TlsExtension => ({ id: EXTENSIONS.extendedMasterSecret, data: new Uint8Array(0) }),
  /** RFC 6066 §8: asks for a stapled answer of OCSP. */
  statusRequest: (): TlsExtension => ({ id: EXTENSIONS.statusRequest, data: Uint8Array.of(1, 0, 0, 0, 0) }),
  renegotiationInfo: (): TlsExtension => ({ id: EXTENSIONS.renegotiationInfo, data: Uint8Array.of(0) }),
  /** RFC 7685: `length` zeros that mean nothing. */
  padding: (length: number): TlsExtension => ({ id: EXTENSIONS.padding, data: new Uint8Array(length) }),
} as const;

export function encodeExtensions(extensions: readonly TlsExtension[]): Uint8Array {
  return vector(2, ...extensions.flatMap(({ id, data }) => [numberOctets(id, 2), vector(2, data)]));
}

/** The rest of a hello message: nothing, or one vector of extensions. */
export function readExtensions(reader: OctetReader): TlsExtension[] {
  if (reader.left === 0) return [];
  const extensions: TlsExtension[] = [];
  const list = reader.vector(2);
  while (list.left > 0) extensions.push({ id: list.number(2), data: list.vector(2).rest() });
  reader.end();
  return extensions;
}
