/** Everything that suites do to valid bytes: each gives a `Mutation` with the name of the one deviation. */
export {
  connectFlags,
  vbiBytes,
  withBits,
  withContent,
  withField,
  withLength,
  withoutField,
} from './mutations/fields.ts';
export {
  appendBytes,
  byteAt,
  fixedHeaderFlags,
  packetType,
  remainingLength,
  remainingLengthBytes,
  truncate,
} from './mutations/header.ts';
export { duplicateProperty, insertProperty, propertyLength, withPropertyValue } from './mutations/properties.ts';
