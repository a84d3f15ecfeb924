import { assert, property, record, uint8Array, integer, array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, hexOf } from '../websocket/testing/hex.ts';
import { encodeAlert, parseAlert } from './alert.ts';
import { encodeCertificates, parseCertificates } from './certificate.ts';
import { CIPHER_OFFERS, CIPHER_SUITES, cipherSuiteName } from './cipher-suites.ts';
import { encodeClientHello, helloRecords, offerHello, parseClientHello, type ClientHello } from './client-hello.ts';
import { describeRecord, describeServerHello } from './describe.ts';
import { EXTENSIONS } from './extensions.ts';
import { HandshakeReader, type HandshakeMessage } from './handshake.ts';
import { TlsFormatError } from './octets.ts';
import { TlsRecordReader } from './records.ts';
import { ServerFlight } from './server-flight.ts';
import {
  agreedVersion,
  downgradeMark,
  encodeServerHello,
  extensionOf,
  isHelloRetryRequest,
  isTls13,
  parseServerHello,
  selectedAlpn,
} from './server-hello.ts';
import { FLIGHT_12, FLIGHT_13, NODE_HELLO } from './testing/captured.ts';

const RANDOM = Uint8Array.from({ length: 32 }, (_, index) => index);

function messagesOf(records: Uint8Array): HandshakeMessage[] {
  const reader = new HandshakeReader();
  return new TlsRecordReader()
    .push(records)
    .flatMap((event) =>
      event.kind === 'record' && event.record.type === 22
        ? reader.push(event.record.fragment).flatMap((each) => (each.kind === 'message' ? [each.message] : []))
        : [],
    );
}

function bodyOf(records: Uint8Array): Uint8Array {
  const [message] = messagesOf(records);
  if (message === undefined) throw new Error('no message');
  return message.body;
}

describe('ClientHello', () => {
  it('of Node is read', () => {
    const hello = parseClientHello(bodyOf(bytesOf(NODE_HELLO)));
    expect(hello.version).toBe(0x0303);
    expect(hello.cipherSuites.map(cipherSuiteName)).toEqual([
      'TLS_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'cipher suite 0x00ff',
    ]);
    expect(hello.compressionMethods).toEqual([0]);
    const sni = hello.extensions?.find(({ id }) => id === EXTENSIONS.serverName)?.data ?? new Uint8Array(0);
    expect(hexOf(sni)).toBe(hexOf(bytesOf('000e 00 000b')) + hexOf(new TextEncoder().encode('broker.test')));
  });

  it('of Node is the same when it is written again', () => {
    const bytes = bytesOf(NODE_HELLO);
    expect(hexOf(encodeClientHello(parseClientHello(bodyOf(bytes))))).toBe(hexOf(bytes.subarray(5)));
  });

  it('is written by hand as the standard says', () => {
    const hello = offerHello({ random: RANDOM, highest: 'ssl3', cipherSuites: [0x0005] });
    expect(hexOf(helloRecords(hello))).toBe(
      hexOf(bytesOf('16 0300 002f 01 00002b 0300')) + hexOf(RANDOM) + hexOf(bytesOf('00 0004 0005 00ff 01 00')),
    );
  });

  it.each([
    ['tls13', 0x0303, true],
    ['tls12', 0x0303, false],
    ['tls11', 0x0302, false],
    ['tls10', 0x0301, false],
  ] as const)('of %s offers just that', (highest, version, newest) => {
    const hello = parseClientHello(bodyOf(helloRecords(offerHello({ random: RANDOM, highest }))));
    const ids = hello.extensions?.map(({ id }) => id) ?? [];
    expect(hello.version).toBe(version);
    expect(ids.includes(EXTENSIONS.supportedVersions)).toBe(newest);
    expect(ids.includes(EXTENSIONS.signatureAlgorithms)).toBe(version === 0x0303);
    expect(hello.cipherSuites.includes(CIPHER_SUITES.TLS_AES_128_GCM_SHA256)).toBe(newest);
  });

  it('leaves out what it is told to', () => {
    const hello = offerHello({ random: RANDOM, without: [EXTENSIONS.extendedMasterSecret] });
    expect(hello.extensions?.some(({ id }) => id === EXTENSIONS.extendedMasterSecret)).toBe(false);
  });

  it('survives writing and reading, whatever is in it', () => {
    const octets = (length: number) => uint8Array({ minLength: length, maxLength: length });
    const number = (max: number) => integer({ min: 0, max });
    const hellos = record({
      version: integer({ min: 0x0300, max: 0x03ff }),
      random: octets(32),
      sessionId: uint8Array({ maxLength: 32 }),
      cipherSuites: array(number(0xffff), { maxLength: 20 }),
      compressionMethods: array(number(255), { maxLength: 4 }),
      extensions: array(record({ id: number(0xffff), data: uint8Array({ maxLength: 50 }) }), { maxLength: 5 }),
    });
    const plain = (hello: ClientHello): unknown => JSON.stringify(hello);
    assert(
      property(hellos, integer({ min: 1, max: 30 }), (hello, size) => {
        expect(plain(parseClientHello(bodyOf(helloRecords(hello, [size]))))).toBe(plain(hello));
      }),
    );
  });

  it.each([
    ['a random that is not whole', '0303 0011'],
    ['octets behind the extensions', `0303 ${'00'.repeat(32)} 00 0002 1301 01 00 0000 ff`],
    ['an odd list of suites', `0303 ${'00'.repeat(32)} 00 0003 130113 01 00`],
  ])('with %s is refused', (_, hex) => {
    expect(() => parseClientHello(bytesOf(hex))).toThrow(TlsFormatError);
  });
});

describe('ServerHello', () => {
  const of = (flight: string) => parseServerHello(bodyOf(bytesOf(flight)));

  it('of TLS 1.2 tells suite, ALPN, extensions and the mark of a downgrade', () => {
    const hello = of(FLIGHT_12);
    expect(describeServerHello(hello)).toBe('TLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256');
    expect([selectedAlpn(hello), downgradeMark(hello), isTls13(hello)]).toEqual(['http/1.1', 'to-1.2', false]);
    expect(extensionOf(hello, EXTENSIONS.renegotiationInfo)).toEqual(Uint8Array.of(0));
    expect(extensionOf(hello, EXTENSIONS.extendedMasterSecret)).toEqual(new Uint8Array(0));
  });

  it('of TLS 1.3 says its version in an extension', () => {
    const hello = of(FLIGHT_13);
    expect([hello.version, agreedVersion(hello), isTls13(hello)]).toEqual([0x0303, 0x0304, true]);
    expect(downgradeMark(hello)).toBeUndefined();
    expect(isHelloRetryRequest(hello)).toBe(false);
  });

  it('is the same when it is written again', () => {
    expect(hexOf(encodeServerHello(of(FLIGHT_12)))).toBe(hexOf(bytesOf(FLIGHT_12).subarray(5, 5 + 0x6c)));
  });

  it('that asks for another key share is known by its random', () => {
    const random = bytesOf('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c');
    expect(isHelloRetryRequest({ ...of(FLIGHT_13), random })).toBe(true);
  });

  it.each([
    ['44 4f 57 4e 47 52 44 01', 'to-1.2'],
    ['44 4f 57 4e 47 52 44 00', 'below-1.2'],
    ['44 4f 57 4e 47 52 44 02', undefined],
    ['44 4f 57 4e 47 52 45 01', undefined],
  ])('whose random ends in %s is marked %s', (tail, mark) => {
    const random = bytesOf('00'.repeat(24) + tail);
    expect(downgradeMark({ ...of(FLIGHT_12), random })).toBe(mark);
  });

  it('with an extension twice is refused', () => {
    const hello = of(FLIGHT_12);
    const [first] = hello.extensions;
    if (first === undefined) throw new Error('no extension');
    const twice = encodeServerHello({ ...hello, extensions: [first, first] });
    expect(() => parseServerHello(twice.subarray(4))).toThrow(/comes twice/);
  });
});

describe('the flight of a server', () => {
  const flightOf = (hex: string, size = Infinity): ServerFlight => {
    const flight = new ServerFlight();
    const bytes = bytesOf(hex);
    for (let at = 0; at < bytes.length; at += size) flight.push(bytes.subarray(at, at + size));
    return flight;
  };

  it.each([1, 3, Infinity])('of TLS 1.2 is whole with its last message, in pieces of %d', (size) => {
    const flight = flightOf(FLIGHT_12, size);
    expect([flight.messages, flight.certificates?.length, flight.complete]).toEqual([[2, 11, 12, 14], 2, true]);
    expect(flightOf(FLIGHT_12.slice(0, -8)).complete).toBe(false);
  });

  it('of TLS 1.3 ends in the plain with ServerHello', () => {
    const flight = flightOf(`${FLIGHT_13}140303000101`);
    expect([flight.messages, flight.certificates, flight.complete]).toEqual([[2], undefined, true]);
  });

  it('ends with a fatal alert, not with a warning', () => {
    expect(flightOf('15 0303 0002 0170').complete).toBe(false);
    const flight = flightOf('15 0303 0002 0170 15 0303 0002 0228');
    expect([flight.complete, flight.fatal?.description, flight.alerts.length]).toEqual([true, 40, 2]);
  });

  it.each([
    ['HTTP', '485454502f312e3120343030', '0x48 begins no TLS record'],
    ['application data at once', '17 0303 0001 00', 'application data in the middle of a handshake'],
    ['a hello that is cut', '16 0303 0006 02 000002 0303', 'ServerHello: 32 octets are announced, 0 are there'],
    ['an alert of three octets', '15 0303 0003 022800', '3 octets that are no plain alert'],
  ])('that is %s says so', (_, hex, violation) => {
    expect(flightOf(hex).violation).toBe(violation);
  });

  it('of noise never throws', () => {
    assert(
      property(array(uint8Array({ maxLength: 80 }), { maxLength: 4 }), (pieces) => {
        const flight = new ServerFlight();
        const bytes = pieces.map((fragment) => Uint8Array.of(22, 3, 3, 0, fragment.length, ...fragment));
        for (const piece of bytes) flight.push(piece);
        expect(flight.hello === undefined || flight.messages.includes(2)).toBe(true);
      }),
    );
  });
});

describe('small things', () => {
  it('certificates survive writing and reading', () => {
    const chain = [bytesOf('3000'), bytesOf('3001ff')];
    expect(parseCertificates(encodeCertificates(chain).subarray(4)).map(hexOf)).toEqual(chain.map(hexOf));
    expect(() => parseCertificates(bytesOf('000003 000002 30'))).toThrow(TlsFormatError);
  });

  it('alerts are read, written and named', () => {
    expect(parseAlert(encodeAlert({ level: 'fatal', description: 70 }))).toEqual({ level: 'fatal', description: 70 });
    const fragment = bytesOf('0246');
    expect(describeRecord({ type: 21, version: 0x0303, fragment })).toBe('alert fatal 70 protocol_version');
    expect(describeRecord({ type: 22, version: 0x0303, fragment })).toBe('record: handshake, TLS 1.2, 2 bytes');
    expect(describeRecord({ type: 21, version: 0x0303, fragment: bytesOf('00'.repeat(26)) })).toBe(
      'record: alert, TLS 1.2, 26 bytes',
    );
  });

  it('offers have suites of their kind only, and each has some', () => {
    const all = Object.values(CIPHER_OFFERS);
    expect(all.filter((offer) => offer.length === 0)).toEqual([]);
    expect(CIPHER_OFFERS.classic.map(cipherSuiteName).filter((name) => /NULL|RC4|DES|anon|EXPORT/.test(name))).toEqual(
      [],
    );
    expect(CIPHER_OFFERS.staticRsa.map(cipherSuiteName).every((name) => name.startsWith('TLS_RSA_WITH_AES'))).toBe(
      true,
    );
  });
});
