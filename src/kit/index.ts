/** The one door for suites. */
export { Admission, type AdmissionInput, type Stage } from './admission.ts';
export {
  authByMethod,
  connectByMethod,
  connectedByMethod,
  finishExchange,
  firstChallenge,
  rightAnswer,
} from './authentication.ts';
export { defineCase, type Case, type CaseDefinition, type Instance, type Risk, type Verifies } from './case.ts';
export {
  collectCases,
  instancesOf,
  runsOver,
  suiteOf,
  verifiedKeys,
  versionsOf,
  type SuiteModules,
} from './collect.ts';
export { CaseContext, type ConnectOptions } from './context.ts';
export { Client, type ClientOptions, type PublishOptions, type Sendable } from './client.ts';
export type { ConnectDeviation, Deviation, Deviations } from './deviation.ts';
export { ended, type EndMatcher } from './end-matcher.ts';
export { hasEnded, printEnding, type EndExpectation, type Ending } from './ended.ts';
export { Exchange, type RequestInput } from './exchange.ts';
export { executeInstance, type Environment } from './execute.ts';
export { closeCode, closeFrame, oneOf, pong } from './frame-matchers.ts';
export {
  NotOpened,
  type BrowserDriver,
  type CaseTab,
  type PageClient,
  type PageClientOptions,
  type PageLibrary,
  type Profile,
  type SocketEnd,
  type SocketReport,
  type Tab,
} from './browser.ts';
export type { Driver, Drivers, ForeignClient, ForeignDoor, ForeignMessage, ForeignOptions } from './foreign.ts';
export { connectLasting, lasting, leave, type Leaving } from './lasting.ts';
export { noLeftovers, type Leftovers } from './leftovers.ts';
export type { ExpectOptions } from './link.ts';
export type { Inbound } from '#net';
export type { Picture } from '#results';
export {
  absent,
  between,
  hexCode,
  oneOfValues,
  present,
  sameValue,
  type Check,
  type Expected,
  type Matcher,
} from './matcher.ts';
export { Aborted, SetupFailed, Skipped, TOO_LATE, Unmet } from './outcomes.ts';
export type { Door } from './open.ts';
export {
  auth,
  connack,
  disconnect,
  message,
  pingresp,
  puback,
  pubcomp,
  publish,
  pubrec,
  pubrel,
  suback,
  unsuback,
  type PacketExpectation,
} from './packet-matchers.ts';
export { RawTls, type RawOffer } from './raw-tls.ts';
export type { StreamInput } from './stream.ts';
export { matches } from './referee/filters.ts';
export type { Capabilities, Timing } from './scope.ts';
export { pattern, text, utf8 } from './text.ts';
// What suites need of octets, through the one door.
export {
  encode,
  encodeBase64,
  encodeCloseBody,
  encodeFrame,
  latin1Bytes,
  mutations,
  OPCODES,
  type FrameToSend,
  type Packet,
  type PacketOf,
  type Properties,
} from '#wire';
export {
  agreedVersion,
  CIPHER_OFFERS,
  clientExtensions,
  CONTENT_TYPES,
  downgradeMark,
  EXTENSIONS,
  extensionOf,
  HANDSHAKE_TYPES,
  isTls13,
  latin1Text,
  namesHost,
  OIDS,
  readCertificate,
  selectedAlpn,
  SIGNALLING,
  splitBytes,
  TlsRecordReader,
  tlsVersionName,
  WEAK_SIGNATURES,
  type CertificateFacts,
  type ServerHello,
  type TlsRecord,
} from '#wire';
