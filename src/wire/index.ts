/** Bytes of MQTT and WebSocket: the public face of the folder. */
export type { Decoded, DecodeOptions, FieldSpan, ReaderEvent, ReaderOptions, Sender, Violation } from './mqtt/codec.ts';
export { decode } from './mqtt/decode.ts';
export { describe, describeProperties, MAXIMUM_SHOWN_PAYLOAD } from './mqtt/describe.ts';
export { encode, encodedSize, encodeInto } from './mqtt/encode.ts';
export { EncodeError } from './mqtt/encode-error.ts';
export type * from './mqtt/packets.ts';
export { PACKET_TYPES } from './mqtt/packet-types.ts';
export type { Properties, PropertyName } from './mqtt/properties.ts';
export { PROPERTY_TABLE, propertyById, propertyByName } from './mqtt/property-table.ts';
export type { PropertyContext, PropertyRow, PropertyType } from './mqtt/property-table.ts';
export { PacketReader } from './mqtt/reader.ts';
export { codeSender, isReasonCode, reasonCodeName, reasonCodesOf } from './mqtt/reason-codes.ts';
export type { CodedType } from './mqtt/reason-codes.ts';
export { filterFault } from './mqtt/topic-filter.ts';
export type { FilterFault } from './mqtt/topic-filter.ts';
export { encodeVbi, VBI_MAX, vbiLength, writeVbi } from './mqtt/vbi.ts';
export { requirementsOf, VIOLATION_NAMES, VIOLATIONS } from './mqtt/violations.ts';
export type { ViolationContext, ViolationName } from './mqtt/violations.ts';
export type { Direction, Layer, Transcript, TranscriptEntry } from './transcript.ts';
export { decodeUtf8, encodeUtf8, isValidUtf8, utf8Length, utf8Problem, writeUtf8 } from './utf8.ts';
export type { Utf8Fault, Utf8Problem } from './utf8.ts';

export { decodeBase64, encodeBase64 } from './base64.ts';
export * from './websocket/index.ts';
