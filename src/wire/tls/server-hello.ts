/** ServerHello (RFC 8446 §4.1.3, RFC 5246 §7.4.1.3), read strictly and written as given. */
import { latin1Text } from '../websocket/latin1.ts';
import { encodeExtensions, EXTENSIONS, readExtensions, type TlsExtension } from './extensions.ts';
import { encodeHandshake, HANDSHAKE_TYPES } from './handshake.ts';
import { concat } from '../concat.ts';
import { numberOctets, OctetReader, TlsFormatError, vector } from './octets.ts';
import { TLS_VERSIONS } from './records.ts';

export interface ServerHello {
  /** `legacy_version`. */
  readonly version: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly compressionMethod: number;
  readonly extensions: readonly TlsExtension[];
}

/** The body of a handshake message of type 2. Throws `TlsFormatError`. */
export function parseServerHello(body: Uint8Array): ServerHello {
  const reader = new OctetReader(body, 'ServerHello');
  const hello = {
    version: reader.number(2),
    random: reader.octets(32),
    sessionId: reader.vector(1).rest(),
    cipherSuite: reader.number(2),
    compressionMethod: reader.number(1),
    extensions: readExtensions(reader),
  };
  if (hello.sessionId.length > 32) throw new TlsFormatError(`a session id of ${hello.sessionId.length} octets`);
  const ids = hello.extensions.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new TlsFormatError(`extension ${twice} comes twice`);
  return hello;
}

export function encodeServerHello(hello: ServerHello): Uint8Array {
  const { version, random, sessionId, cipherSuite, compressionMethod, extensions } = hello;
  const body = concat(
    numberOctets(version, 2),
    random,
    vector(1, sessionId),
    numberOctets(cipherSuite, 2),
    [compressionMethod],
    extensions.length === 0 ? [] : encodeExtensions(extensions),
  );
  return encodeHandshake({ type: HANDSHAKE_TYPES.serverHello, body });
}

/** The version that was agreed on: under 1.3 an extension says it. */
export function agreedVersion(hello: ServerHello): number {
  const data = extensionOf(hello, EXTENSIONS.supportedVersions);
  return data?.length === 2 ? (data[0] ?? 0) * 256 + (data[1] ?? 0) : hello.version;
}

export const extensionOf = ({ extensions }: Pick<ServerHello, 'extensions'>, id: number): Uint8Array | undefined =>
  extensions.find((extension) => extension.id === id)?.data;

/** What was selected; under TLS 1.3 it is protected, and so undefined here. */
export function selectedAlpn(hello: ServerHello): string | undefined {
  const data = extensionOf(hello, EXTENSIONS.alpn);
  if (data === undefined) return undefined;
  const list = new OctetReader(data, 'ALPN').vector(2);
  const name = latin1Text(list.vector(1).rest());
  list.end();
  return name;
}

/** RFC 8446 §4.1.3: how a server of 1.3 marks its random where it agrees on 1.2, or on less: `DOWNGRD`, then 1 or 0. */
const MARK = [0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44] as const;

export function downgradeMark({ random }: ServerHello): 'to-1.2' | 'below-1.2' | undefined {
  const tail = random.subarray(24);
  if (!MARK.every((octet, index) => tail[index] === octet)) return undefined;
  return tail[7] === 1 ? 'to-1.2' : tail[7] === 0 ? 'below-1.2' : undefined;
}

/** SHA-256 of "HelloRetryRequest" (RFC 8446 §4.1.3). */
const RETRY = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

export function isHelloRetryRequest({ random }: ServerHello): boolean {
  return [...random].map((octet) => octet.toString(16).padStart(2, '0')).join('') === RETRY;
}

/** Whether a server agreed on TLS 1.3: all behind its ServerHello is protected. */
export const isTls13 = (hello: ServerHello): boolean => agreedVersion(hello) >= TLS_VERSIONS.tls13;
