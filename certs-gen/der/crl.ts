/** Certificate revocation lists, version 2 (RFC 5280 §5). */
import type { KeyObject } from 'node:crypto';
import { encode, integer, integerOf, octets, oid, seq, tagged, time, type Der } from './asn1.ts';
import { authorityKeyIdentifier, type Extension, OID } from './extensions.ts';
import { signerOf } from './signing.ts';
import { type Name, nameOf } from './x509.ts';

export interface RevocationList {
  readonly issuer: Name;
  /** Of the key that signs. */
  readonly issuerKeyIdentifier: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly number: number;
  /** Serial numbers of what is revoked, as they stand in the certificates. */
  readonly revoked: readonly Uint8Array[];
}

export function revocationList(list: RevocationList, signingKey: KeyObject): Buffer {
  const signer = signerOf(signingKey);
  const entries = list.revoked.map((serial) => seq(integerOf(serial), time(list.thisUpdate)));
  const extensions = [
    authorityKeyIdentifier(list.issuerKeyIdentifier),
    { id: OID.crlNumber, critical: false, value: integer(list.number) },
  ];
  const tbs = seq(
    integer(1),
    signer.algorithm,
    nameOf(list.issuer),
    time(list.thisUpdate),
    time(list.nextUpdate),
    // Absent where there is none (§5.1.2.6).
    ...(entries.length === 0 ? [] : [seq(...entries)]),
    tagged(0, seq(...extensions.map(extensionOf))),
  );
  return encode(seq(tbs, signer.algorithm, signer.sign(encode(tbs))));
}

function extensionOf({ id = '', value }: Extension): Der {
  if (value === undefined) throw new TypeError(`the extension ${id} has no value`);
  return seq(oid(id), octets(encode(value)));
}
