/** DER in shorthand, on node-forge's ASN.1 module. With `x509.ts` the only file that knows the library. */
import forge from 'node-forge';

const { asn1 } = forge;
const { Class, Type } = asn1;

export type Der = forge.asn1.Asn1;

const universal = (type: forge.asn1.Type, value: string | Der[]): Der =>
  asn1.create(Class.UNIVERSAL, type, Array.isArray(value), value);

export const seq = (...items: readonly Der[]): Der => universal(Type.SEQUENCE, [...items]);
export const set = (...items: readonly Der[]): Der => universal(Type.SET, [...items]);
export const oid = (dotted: string): Der => universal(Type.OID, asn1.oidToDer(dotted).getBytes());
export const nul = (): Der => universal(Type.NULL, '');
export const octets = (bytes: Uint8Array): Der => universal(Type.OCTETSTRING, binary(bytes));
export const integer = (value: number): Der => universal(Type.INTEGER, asn1.integerToDer(value).getBytes());
/** The content octets as they are: leading zeros and signs are the caller's. */
export const integerOf = (bytes: Uint8Array): Der => universal(Type.INTEGER, binary(bytes));
/** Whole octets, no unused bits. */
export const bits = (bytes: Uint8Array): Der => universal(Type.BITSTRING, `\0${binary(bytes)}`);
/** node-forge encodes the text itself. */
export const bmp = (text: string): Der => universal(Type.BMPSTRING, text);
/** [n] around one or several values. */
export const tagged = (tag: number, ...items: readonly Der[]): Der =>
  asn1.create(Class.CONTEXT_SPECIFIC, tag, true, [...items]);
/** [n] IMPLICIT of a primitive value. */
export const implicit = (tag: number, bytes: Uint8Array): Der =>
  asn1.create(Class.CONTEXT_SPECIFIC, tag, false, binary(bytes));

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from then on. */
export function time(date: Date): Der {
  return date.getUTCFullYear() < 2050
    ? universal(Type.UTCTIME, asn1.dateToUtcTime(date))
    : universal(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date));
}

export function encode(value: Der): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), 'latin1');
}

export function decode(der: Uint8Array): Der {
  // Bit strings stay as they are: a public key may look like a nested value.
  return asn1.fromDer(binary(der), { strict: true, decodeBitStrings: false } as unknown as boolean);
}

/** The constructed value's parts. */
export function parts(value: Der): Der[] {
  if (!Array.isArray(value.value)) throw new TypeError('a primitive value has no parts');
  return value.value;
}

/** node-forge's "binary string": a character for an octet. */
export function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
