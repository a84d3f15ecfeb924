/** ClientHello: written with anything in it, read strictly (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). */
import { CIPHER_OFFERS, SIGNALLING } from './cipher-suites.ts';
import { clientExtensions, encodeExtensions, readExtensions, type TlsExtension } from './extensions.ts';
import { encodeHandshake, HANDSHAKE_TYPES } from './handshake.ts';
import { concat } from '../concat.ts';
import { numberOctets, numbersOf, OctetReader, vector } from './octets.ts';
import { CONTENT_TYPES, cutRecords, RECORD_LIMITS, TLS_VERSIONS, type TlsVersionName } from './records.ts';

export interface ClientHello {
  /** `legacy_version`. */
  readonly version: number;
  /** 32 octets. */
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuites: readonly number[];
  readonly compressionMethods: readonly number[];
  /** Undefined: not even the length of an empty list is sent, as before TLS 1.2. */
  readonly extensions?: readonly TlsExtension[];
}

/** The body of a ClientHello as it is given. */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  const { version, random, sessionId, cipherSuites, compressionMethods, extensions } = hello;
  const body = concat(
    numberOctets(version, 2),
    random,
    vector(1, sessionId),
    vector(2, ...cipherSuites.map((suite) => numberOctets(suite, 2))),
    vector(1, compressionMethods),
    extensions === undefined ? [] : encodeExtensions(extensions),
  );
  return encodeHandshake({ type: HANDSHAKE_TYPES.clientHello, body });
}

/** The body of a handshake message of type 1. Throws `TlsFormatError`. */
export function parseClientHello(body: Uint8Array): ClientHello {
  const reader = new OctetReader(body, 'ClientHello');
  const version = reader.number(2);
  const random = reader.octets(32);
  const sessionId = reader.vector(1).rest();
  const cipherSuites = numbersOf(reader.vector(2), 2);
  const compressionMethods = numbersOf(reader.vector(1), 1);
  const hello = { version, random, sessionId, cipherSuites, compressionMethods };
  return reader.left === 0 ? hello : { ...hello, extensions: readExtensions(reader) };
}

export interface HelloOffer {
  /** 32 octets of the caller's; what is sent must not be the same on each connection. */
  readonly random: Uint8Array;
  /** The newest version that is offered. Default 1.3, with 1.2 behind it. */
  readonly highest?: TlsVersionName;
  /** Default: suites that every server of that version has one of. */
  readonly cipherSuites?: readonly number[];
  readonly serverName?: string;
  readonly alpn?: readonly string[];
  /** Default: none but null. */
  readonly compressionMethods?: readonly number[];
  /** Further ones, sent last. */
  readonly extensions?: readonly TlsExtension[];
  /** Extensions that are left out. */
  readonly without?: readonly number[];
}

/** A ClientHello that a server of today answers: a valid one, but for what the offer changes. */
export function offerHello(offer: HelloOffer): ClientHello {
  const { random, highest = 'tls13', serverName, alpn, compressionMethods = [0] } = offer;
  const newest = highest === 'tls13';
  const old = highest === 'ssl3' || highest === 'tls10' || highest === 'tls11';
  const suites = offer.cipherSuites ?? [...(newest ? CIPHER_OFFERS.tls13 : []), ...CIPHER_OFFERS.classic];
  const extensions: TlsExtension[] = [
    ...(serverName === undefined ? [] : [clientExtensions.serverName(serverName)]),
    clientExtensions.ecPointFormats(),
    clientExtensions.supportedGroups(),
    ...(alpn === undefined ? [] : [clientExtensions.alpn(alpn)]),
    clientExtensions.extendedMasterSecret(),
    // RFC 5246 §7.4.1.4.1: only who offers 1.2 sends them.
    ...(old ? [] : [clientExtensions.signatureAlgorithms()]),
    ...(newest
      ? [
          clientExtensions.supportedVersions([TLS_VERSIONS.tls13, TLS_VERSIONS.tls12]),
          clientExtensions.pskKeyExchangeModes(),
          clientExtensions.keyShare(),
        ]
      : []),
    ...(offer.extensions ?? []),
  ];
  const left = extensions.filter(({ id }) => offer.without?.includes(id) !== true);
  return {
    version: Math.min(TLS_VERSIONS[highest], TLS_VERSIONS.tls12),
    random,
    // RFC 8446 §D.4: 32 octets, as clients send that want to pass middleboxes.
    sessionId: newest ? random.map((octet) => octet ^ 0xff) : new Uint8Array(0),
    cipherSuites: [...suites, SIGNALLING.emptyRenegotiationInfo],
    compressionMethods,
    ...(highest === 'ssl3' ? {} : { extensions: left }),
  };
}

/** In records. `sizes` cuts it; the version of the records is that of old clients, as RFC 8446 §5.1 allows. */
export function helloRecords(hello: ClientHello, sizes: readonly number[] = [RECORD_LIMITS.plain]): Uint8Array {
  const version = Math.min(hello.version, TLS_VERSIONS.tls10);
  return cutRecords(encodeClientHello(hello), sizes, { type: CONTENT_TYPES.handshake, version });
}
