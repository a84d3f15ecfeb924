export { alertName, encodeAlert, parseAlert, type TlsAlert } from './alert.ts';
export { encodeCertificates, parseCertificates } from './certificate.ts';
export { CIPHER_OFFERS, CIPHER_SUITES, cipherSuiteName, SIGNALLING, type CipherSuiteName } from './cipher-suites.ts';
export {
  encodeClientHello,
  helloRecords,
  offerHello,
  parseClientHello,
  type ClientHello,
  type HelloOffer,
} from './client-hello.ts';
export { describeRecord, describeServerHello } from './describe.ts';
export { clientExtensions, EXTENSIONS, GROUPS, type TlsExtension } from './extensions.ts';
export {
  encodeHandshake,
  HANDSHAKE_TYPES,
  HandshakeReader,
  LARGEST_HANDSHAKE,
  type HandshakeMessage,
} from './handshake.ts';
export { TlsFormatError } from './octets.ts';
export {
  CONTENT_TYPES,
  cutRecords,
  encodeRecord,
  RECORD_LIMITS,
  TLS_VERSIONS,
  TlsRecordReader,
  tlsVersionName,
  type RecordEvent,
  type RecordToSend,
  type TlsRecord,
  type TlsVersionName,
} from './records.ts';
export { readRevocationList, type RevocationList } from './revocation-list.ts';
export { ServerFlight } from './server-flight.ts';
export {
  agreedVersion,
  downgradeMark,
  encodeServerHello,
  extensionOf,
  isHelloRetryRequest,
  isTls13,
  parseServerHello,
  selectedAlpn,
  type ServerHello,
} from './server-hello.ts';
export { namesHost, OIDS, readCertificate, WEAK_SIGNATURES, type CertificateFacts } from './x509.ts';
