/** Strict decoding of one whole packet. */
import type { Decoded, DecodeOptions, FieldSpan, Sender, Violation } from './codec.ts';
import type { MqttVersion } from '#spec';
import { Decoding, hex, REFUSED } from './decode/decoding.ts';
import { readFrame } from './decode/fixed-header.ts';
import { readPacket } from './decode/packet.ts';

/**
 * Decodes exactly one packet, strictly. Never throws: what is wrong comes back as a violation. Views of the input, not
 * copies. A CONNECT is read in the version that it asks for, every other packet in `options.version`.
 */
export function decode(bytes: Uint8Array, options: DecodeOptions): Decoded {
  const { version, from, tolerate, fields } = options;
  const d = new Decoding(bytes, 0, bytes.length, version, from, tolerate, fields);
  try {
    readFrame(d);
    return finish(d);
  } catch (error) {
    return refusal(d, error);
  }
}

/** Decodes the packet from `start` to `end`, whose body begins at `body`; the reader has judged the fixed header. */
export function decodeFramed(
  bytes: Uint8Array,
  start: number,
  body: number,
  end: number,
  version: MqttVersion,
  from: Sender,
  tolerate: ((violation: Violation) => boolean) | undefined,
  fields?: FieldSpan[],
): Decoded {
  const d = new Decoding(bytes, start, end, version, from, tolerate, fields);
  d.at = body;
  try {
    return finish(d);
  } catch (error) {
    return refusal(d, error);
  }
}

function finish(d: Decoding): Decoded {
  if (d.fields !== undefined) spanHeader(d);
  const packet = readPacket(d);
  return d.tolerated === undefined ? { packet } : { packet, tolerated: d.tolerated };
}

function spanHeader(d: Decoding): void {
  d.fields?.push(
    { name: 'header.first-byte', offset: 0, length: 1, value: hex(d.bytes[d.start] as number) },
    { name: 'header.remaining-length', offset: 1, length: d.at - d.start - 1, value: String(d.end - d.at) },
  );
}

function refusal(d: Decoding, error: unknown): Decoded {
  if (error !== REFUSED || d.violation === undefined) throw error;
  return { violation: d.violation };
}
