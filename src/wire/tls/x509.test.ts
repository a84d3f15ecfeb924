import { assert, property, uint8Array, integer } from 'fast-check';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesOf, hexOf } from '../websocket/testing/hex.ts';
import { oidOf, readDer } from './der.ts';
import { TlsFormatError } from './octets.ts';
import { ServerFlight } from './server-flight.ts';
import { FLIGHT_12, OLD_CERTIFICATE } from './testing/captured.ts';
import { namesHost, OIDS, readCertificate, WEAK_SIGNATURES } from './x509.ts';

const flight = new ServerFlight();
flight.push(bytesOf(FLIGHT_12));
const [leaf, root] = flight.certificates ?? [];
if (leaf === undefined || root === undefined) throw new Error('the capture has no chain');

describe('certificates', () => {
  it('tell what they are for, and for whom', () => {
    const facts = readCertificate(leaf);
    expect(facts.key).toEqual({ kind: 'ec', bits: 256 });
    expect(facts.names).toEqual(['broker.test', '127.0.0.1', '0:0:0:0:0:0:0:1']);
    expect([facts.extendedKeyUsage, facts.keyUsage]).toEqual([[OIDS.serverAuth], [0]]);
    expect(facts.signatureAlgorithm).toBe('1.2.840.10045.4.3.2');
  });

  it('name who issued them as that one names itself', () => {
    expect(hexOf(readCertificate(leaf).issuer)).toBe(hexOf(readCertificate(root).subject));
    expect(hexOf(readCertificate(leaf).subject)).not.toBe(hexOf(readCertificate(root).subject));
  });

  it('tell a weak key and a weak signature', () => {
    const facts = readCertificate(bytesOf(OLD_CERTIFICATE));
    expect(facts.key).toEqual({ kind: 'rsa', bits: 1024 });
    expect(WEAK_SIGNATURES[facts.signatureAlgorithm]).toBe('SHA-1 with RSA');
    expect([facts.extendedKeyUsage, facts.keyUsage, facts.names]).toEqual([undefined, undefined, []]);
  });

  it.each([leaf, root, bytesOf(OLD_CERTIFICATE)])('are valid as long as another reader says', (der) => {
    const other = new X509Certificate(der);
    const facts = readCertificate(der);
    expect(Date.parse(facts.notBefore)).toBe(Date.parse(other.validFrom));
    expect(Date.parse(facts.notAfter)).toBe(Date.parse(other.validTo));
  });

  it('that are cut or changed give facts or a format error, nothing else', () => {
    assert(
      property(integer({ min: 0, max: leaf.length - 1 }), integer({ min: 0, max: 255 }), (at, octet) => {
        const changed = leaf.slice();
        changed[at] = octet;
        for (const bytes of [changed, leaf.subarray(0, at)]) {
          try {
            readCertificate(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(TlsFormatError);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('names', () => {
  it.each([
    ['broker.test', 'broker.test', true],
    ['Broker.Test', 'broker.test.', true],
    ['broker.test', 'other.test', false],
    ['*.mqtt.test', 'a.mqtt.test', true],
    ['*.mqtt.test', 'a.b.mqtt.test', false],
    ['*.mqtt.test', 'mqtt.test', false],
    ['*.localhost', 'a.localhost', false],
    ['*.0.0.1', '127.0.0.1', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['0:0:0:0:0:0:0:1', '::1', true],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::01', true],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::2', false],
  ])('%s is the name of %s: %s', (name, host, expected) => {
    expect(namesHost([name], host)).toBe(expected);
  });
});

describe('DER', () => {
  it.each([
    ['2a864886f70d01010b', '1.2.840.113549.1.1.11'],
    ['2b6570', '1.3.101.112'],
    ['551d25', '2.5.29.37'],
    ['883703', '2.999.3'],
  ])('object %s is %s', (hex, oid) => {
    expect(oidOf(bytesOf(hex))).toBe(oid);
  });

  it('lengths that do not fit, and noise, are format errors', () => {
    expect(() => readDer(bytesOf('3003 0201'))).toThrow(TlsFormatError);
    expect(() => readDer(bytesOf('3080 0000'))).toThrow(TlsFormatError);
    assert(
      property(uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          expect(readDer(bytes).reduce((sum, { whole }) => sum + whole.length, 0)).toBe(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(TlsFormatError);
        }
      }),
    );
  });
});
