/** Cipher suites that a prober offers (IANA, TLS Cipher Suites), by what is weak about them. */
export const CIPHER_SUITES = {
  TLS_AES_128_GCM_SHA256: 0x1301,
  TLS_AES_256_GCM_SHA384: 0x1302,
  TLS_CHACHA20_POLY1305_SHA256: 0x1303,
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 0xc02b,
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 0xc02c,
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 0xc02f,
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 0xc030,
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 0xcca8,
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 0xcca9,
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 0xc009,
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 0xc00a,
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 0xc013,
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 0xc014,
  TLS_DHE_RSA_WITH_AES_128_CBC_SHA: 0x0033,
  TLS_DHE_RSA_WITH_AES_256_CBC_SHA: 0x0039,
  TLS_RSA_WITH_AES_128_CBC_SHA: 0x002f,
  TLS_RSA_WITH_AES_256_CBC_SHA: 0x0035,
  TLS_RSA_WITH_AES_128_CBC_SHA256: 0x003c,
  TLS_RSA_WITH_AES_256_CBC_SHA256: 0x003d,
  TLS_RSA_WITH_AES_128_GCM_SHA256: 0x009c,
  TLS_RSA_WITH_AES_256_GCM_SHA384: 0x009d,
  TLS_RSA_WITH_3DES_EDE_CBC_SHA: 0x000a,
  TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA: 0x0016,
  TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA: 0xc008,
  TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA: 0xc012,
  TLS_RSA_WITH_DES_CBC_SHA: 0x0009,
  TLS_DHE_RSA_WITH_DES_CBC_SHA: 0x0015,
  TLS_RSA_WITH_RC4_128_MD5: 0x0004,
  TLS_RSA_WITH_RC4_128_SHA: 0x0005,
  TLS_ECDHE_ECDSA_WITH_RC4_128_SHA: 0xc007,
  TLS_ECDHE_RSA_WITH_RC4_128_SHA: 0xc011,
  TLS_RSA_WITH_NULL_MD5: 0x0001,
  TLS_RSA_WITH_NULL_SHA: 0x0002,
  TLS_RSA_WITH_NULL_SHA256: 0x003b,
  TLS_ECDHE_ECDSA_WITH_NULL_SHA: 0xc006,
  TLS_ECDHE_RSA_WITH_NULL_SHA: 0xc010,
  TLS_DH_anon_WITH_RC4_128_MD5: 0x0018,
  TLS_DH_anon_WITH_AES_128_CBC_SHA: 0x0034,
  TLS_DH_anon_WITH_AES_256_CBC_SHA: 0x003a,
  TLS_DH_anon_WITH_AES_128_GCM_SHA256: 0x00a6,
  TLS_ECDH_anon_WITH_NULL_SHA: 0xc015,
  TLS_ECDH_anon_WITH_AES_128_CBC_SHA: 0xc018,
  TLS_ECDH_anon_WITH_AES_256_CBC_SHA: 0xc019,
  TLS_RSA_EXPORT_WITH_RC4_40_MD5: 0x0003,
  TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5: 0x0006,
  TLS_RSA_EXPORT_WITH_DES40_CBC_SHA: 0x0008,
  TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA: 0x0014,
  TLS_DH_anon_EXPORT_WITH_RC4_40_MD5: 0x0017,
} as const;

export type CipherSuiteName = keyof typeof CIPHER_SUITES;

/** Signalling values: secure renegotiation (RFC 5746 §3.3), fallback (RFC 7507 §4). */
export const SIGNALLING = { emptyRenegotiationInfo: 0x00ff, fallback: 0x5600 } as const;

const ALL = Object.keys(CIPHER_SUITES) as CipherSuiteName[];
const suites = (pattern: RegExp): readonly number[] =>
  ALL.filter((name) => pattern.test(name)).map((name) => CIPHER_SUITES[name]);

/** Offers, each of suites of one kind. */
export const CIPHER_OFFERS = {
  tls13: suites(/^TLS_(AES|CHACHA)/),
  /** What every server of TLS 1.0 to 1.2 has something of. */
  classic: suites(/^TLS_(ECDHE|DHE|RSA)_\w*(AES|CHACHA)/),
  staticRsa: suites(/^TLS_RSA_WITH_AES/),
  tripleDes: suites(/WITH_3DES/),
  des: suites(/WITH_DES_CBC/),
  rc4: suites(/^TLS_(RSA|ECDHE_\w+)_WITH_RC4/),
  null: suites(/^TLS_(RSA|ECDHE_\w+)_WITH_NULL/),
  anonymous: suites(/_anon_WITH/),
  export: suites(/_EXPORT_/),
} as const;

/** `TLS_RSA_WITH_RC4_128_SHA`; an unknown one by its number. */
export function cipherSuiteName(suite: number): string {
  const name = ALL.find((each) => CIPHER_SUITES[each] === suite);
  return name ?? `cipher suite 0x${suite.toString(16).padStart(4, '0')}`;
}
