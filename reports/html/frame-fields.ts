/** RFC 6455 §5.2: where the fields of a frame lie; as far as the bytes go. */

export interface ShownField {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly value: string;
  /** Inside another field. */
  readonly nested?: boolean;
}

const OPCODES: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'Close',
  9: 'Ping',
  10: 'Pong',
};

export function frameFields(bytes: Uint8Array): ShownField[] {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return [];
  const fields = [
    { name: 'first byte', offset: 0, length: 1, value: firstByte(first) },
    {
      name: 'mask, length',
      offset: 1,
      length: 1,
      value: `${second & 0x80 ? 'masked' : 'not masked'}, ${second & 0x7f}`,
    },
  ];
  const extended = (second & 0x7f) === 126 ? 2 : (second & 0x7f) === 127 ? 8 : 0;
  let at = 2;
  if (extended > 0)
    fields.push({ name: 'extended length', offset: at, length: extended, value: lengthAt(bytes, at, extended) });
  at += extended;
  const key = (second & 0x80) === 0 ? undefined : bytes.subarray(at, at + 4);
  if (key !== undefined) {
    fields.push({ name: 'masking key', offset: at, length: 4, value: hexOf(key) });
    at += 4;
  }
  const payload = bytes.slice(at).map((byte, index) => byte ^ (key?.[index % 4] ?? 0));
  if (payload.length > 0) fields.push(payloadField(first & 0x0f, payload, at));
  return fields;
}

function firstByte(byte: number): string {
  const flags = [
    byte & 0x80 ? 'FIN' : 'not final',
    byte & 0x40 && 'RSV1',
    byte & 0x20 && 'RSV2',
    byte & 0x10 && 'RSV3',
  ];
  const opcode = byte & 0x0f;
  return [...flags.filter(Boolean), OPCODES[opcode] ?? `opcode ${opcode}`].join(', ');
}

function payloadField(opcode: number, payload: Uint8Array, offset: number): ShownField {
  const [high = 0, low = 0] = payload;
  const code = opcode === 8 && payload.length >= 2 ? `code ${high * 256 + low}, ` : '';
  return {
    name: 'payload',
    offset,
    length: payload.length,
    value: `${code}${hexOf(payload.subarray(0, 8))}${payload.length > 8 ? ' …' : ''}`,
  };
}

function lengthAt(bytes: Uint8Array, at: number, length: number): string {
  return bytes
    .subarray(at, at + length)
    .reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
    .toString();
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
