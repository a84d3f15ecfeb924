/** Keys for many certificates, made at the same time. */
import { type AnyKeyType, type KeyPair, makeKeyPair } from '../der/signing.ts';

/** RSA keys take long to find: certificates that don't need one of their own share these. */
const SHARED_RSA_KEYS = 2;

export interface KeyRing {
  /** A key that nobody else has. */
  own(type: AnyKeyType): Promise<KeyPair>;
  /** A key that others may have, too, if it is RSA. */
  any(type: AnyKeyType): Promise<KeyPair>;
}

export function keyRing(): KeyRing {
  const shared = new Map<string, Promise<KeyPair>>();
  let asked = 0;
  return {
    own: makeKeyPair,
    any(type) {
      if (!type.startsWith('rsa-')) return makeKeyPair(type);
      asked += 1;
      const slot = `${type}/${asked % SHARED_RSA_KEYS}`;
      const pair = shared.get(slot) ?? makeKeyPair(type);
      shared.set(slot, pair);
      return pair;
    },
  };
}
