import { describe, expect, it } from 'vitest';
import {
  downgradeMark,
  EXTENSIONS,
  extensionOf,
  readCertificate,
  ServerFlight,
  type CertificateFacts,
  type ServerHello,
} from '#wire';
import { FLIGHT_12, FLIGHT_13 } from '../../wire/tls/testing/captured.ts';
import { bytesOf, hexOf } from '../../wire/websocket/testing/hex.ts';
import { FlightChanger, type FlightChange } from './flight.ts';

/** What a client reads of the captured flight when it leaves changed, in pieces of a size. */
function seen(change: FlightChange, size = Infinity, named = true): ServerFlight {
  const changer = new FlightChanger(change, named);
  const flight = new ServerFlight();
  const bytes = bytesOf(FLIGHT_12);
  for (let at = 0; at < bytes.length; at += size) flight.push(changer.leaving(bytes.subarray(at, at + size)));
  return flight;
}

function helloOf(change: FlightChange): ServerHello {
  const { hello } = seen(change);
  if (hello === undefined) throw new Error('no hello');
  return hello;
}

const factsOf = (change: FlightChange): CertificateFacts[] => (seen(change).certificates ?? []).map(readCertificate);

describe('a changed flight', () => {
  it('differs from the true one in what it says, and in nothing else', () => {
    expect(downgradeMark(helloOf('warns-of-names'))).toBe('to-1.2');
    expect(downgradeMark(helloOf('no-downgrade-mark'))).toBeUndefined();
    expect(extensionOf(helloOf('no-downgrade-mark'), EXTENSIONS.renegotiationInfo)).toBeDefined();
    expect(extensionOf(helloOf('no-renegotiation-info'), EXTENSIONS.renegotiationInfo)).toBeUndefined();
    expect(extensionOf(helloOf('no-renegotiation-info'), EXTENSIONS.extendedMasterSecret)).toBeDefined();
    expect(extensionOf(helloOf('no-extended-master-secret'), EXTENSIONS.extendedMasterSecret)).toBeUndefined();
    expect([helloOf('compression'), helloOf('reversed-chain')].map((hello) => hello.compressionMethod)).toEqual([1, 0]);
  });

  it('has its certificates in another order, or for another use', () => {
    const [first, second] = factsOf('reversed-chain');
    expect(hexOf(second?.issuer ?? new Uint8Array(1))).toBe(hexOf(first?.subject ?? new Uint8Array(0)));
    const KEY_ENCIPHERMENT = 2;
    expect(factsOf('no-signature-usage')[0]?.keyUsage).toEqual([KEY_ENCIPHERMENT]);
    expect(factsOf('compression')[0]?.keyUsage).toEqual([0]);
  });

  it('warns of names where one is strange', () => {
    expect(seen('warns-of-names').alerts).toEqual([{ level: 'warning', description: 112 }]);
    expect(seen('warns-of-names', Infinity, false).alerts).toEqual([]);
  });

  it.each([1, 7, 1000])('is whole in pieces of %d octets', (size) => {
    expect([seen('compression', size).complete, seen('compression', size).messages]).toEqual([true, [2, 11, 12, 14]]);
  });

  it.each([1, 50, Infinity])('of TLS 1.3 is not changed, in pieces of %d octets', (size) => {
    const changer = new FlightChanger('no-extended-master-secret', true);
    const bytes = bytesOf(`${FLIGHT_13}140303000101 1703030003 aabbcc 1703030001 dd`);
    const left: number[] = [];
    for (let at = 0; at < bytes.length; at += size) left.push(...changer.leaving(bytes.subarray(at, at + size)));
    expect(hexOf(Uint8Array.from(left))).toBe(hexOf(bytes));
  });
});
