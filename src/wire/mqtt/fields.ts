import type { MqttVersion } from '#spec';
import type { FieldSpan } from './codec.ts';
import { decode } from './decode.ts';

/**
 * Where each field of a packet lies, in the order of the wire (of a property its value comes before the whole). A packet
 * that breaks a rule is read as far as it can be. CONNECT says its version itself; for all others it must be the right one.
 */
export function fieldsOf(bytes: Uint8Array, version: MqttVersion): readonly FieldSpan[] {
  const fields: FieldSpan[] = [];
  decode(bytes, { version, from: 'client', tolerate: () => true, fields });
  return fields;
}
