import type { MqttVersion } from '#spec';
import { concat } from '../../concat.ts';
import { bodyStart, remainingLength } from '../fixed-header.ts';
import { fieldsOf } from '../fields.ts';
import type { FieldSpan } from '../codec.ts';
import { encodeVbi } from '../vbi.ts';

/** Valid bytes with one named deviation. */
export interface Mutation {
  /** What was done, in words: 'PUBLISH: fixed header flags 0110'. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A mutation was asked for that these bytes can't have: a mistake of the case. */
export class MutationError extends Error {
  readonly code = 'ERR_MUTATION';

  constructor(message: string) {
    super(message);
    this.name = 'MutationError';
  }
}

/** The field of that name. @throws MutationError where the packet has none, with the names that it has. */
export function fieldSpan(bytes: Uint8Array, field: string, version: MqttVersion): FieldSpan {
  const fields = fieldsOf(bytes, version);
  const span = fields.find(({ name }) => name === field);
  if (span !== undefined) return span;
  throw new MutationError(`no field ${field}; there are ${fields.map(({ name }) => name).join(', ')}`);
}

/** Where the body begins, and where it ends according to the remaining length. */
export function bodyOf(bytes: Uint8Array): { readonly body: number; readonly end: number } {
  const body = bodyStart(bytes, 0, bytes.length);
  if (body < 0) throw new MutationError('these bytes have no whole fixed header');
  return { body, end: body + remainingLength(bytes, 0, body) };
}

/** First byte, remaining length (shortest form, unless it is given) and body put together again. */
export function frame(first: number, body: Uint8Array, length: Uint8Array = encodeVbi(body.length)): Uint8Array {
  return concat(Uint8Array.of(first), length, body);
}

/** `bytes` with the part from `start` to `end` replaced. */
export function splice(bytes: Uint8Array, start: number, end: number, part: Uint8Array): Uint8Array {
  return concat(bytes.subarray(0, start), part, bytes.subarray(end));
}

export function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
