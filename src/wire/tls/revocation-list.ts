/** What a checker reads of a certificate revocation list (RFC 5280 §5.1); its signature is checked by who has the key. */
import { DER_TAGS, oidOf, readDer, type DerValue } from './der.ts';
import { TlsFormatError } from './octets.ts';
import { serialText, timeOf } from './x509.ts';

export interface RevocationList {
  /** DER of the name. */
  readonly issuer: Uint8Array;
  /** ISO 8601, UTC. */
  readonly thisUpdate: string;
  /** Absent: it says no end. */
  readonly nextUpdate?: string;
  /** Serial numbers, in hexadecimal without leading zeros. */
  readonly revoked: ReadonlySet<string>;
  /** What is signed. */
  readonly signed: Uint8Array;
  /** OID. */
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
}

/** Throws `TlsFormatError` where it is none. */
export function readRevocationList(der: Uint8Array): RevocationList {
  const [list] = readDer(der);
  if (list?.tag !== DER_TAGS.sequence) throw new TlsFormatError('no certificate revocation list');
  const [tbs, algorithm, signature] = readDer(list.content);
  if (tbs === undefined || algorithm === undefined || signature === undefined) throw cut();
  const fields = readDer(tbs.content);
  if (fields[0]?.tag === DER_TAGS.integer) fields.shift();
  const [, issuer, thisUpdate, ...rest] = fields;
  if (issuer === undefined || thisUpdate === undefined) throw cut();
  const next = rest[0] !== undefined && isTime(rest[0]) ? rest.shift() : undefined;
  const entries = rest[0]?.tag === DER_TAGS.sequence ? readDer(rest[0].content) : [];
  return {
    issuer: issuer.whole,
    thisUpdate: timeOf(thisUpdate),
    ...(next === undefined ? {} : { nextUpdate: timeOf(next) }),
    revoked: new Set(entries.map(({ content }) => serialOf(readDer(content)[0]))),
    signed: tbs.whole,
    signatureAlgorithm: oidOf(readDer(algorithm.content)[0]?.content ?? new Uint8Array(0)),
    // The first octet counts unused bits.
    signature: signature.content.subarray(1),
  };
}

const cut = (): TlsFormatError => new TlsFormatError('a revocation list in which something is missing');
const isTime = ({ tag }: DerValue): boolean => tag === DER_TAGS.utcTime || tag === DER_TAGS.generalizedTime;

function serialOf(value: DerValue | undefined): string {
  if (value === undefined) throw cut();
  return serialText(value);
}
