/** The bytes of one transcript entry, taken apart by its layer. */
import type { MqttVersion } from '#spec';
import { decode, type FieldSpan, type TranscriptEntry, type Violation } from '#wire';
import type { OctetsData } from './client/wire-data.ts';
import { frameFields, type ShownField } from './frame-fields.ts';
import { visible } from '../text.ts';

interface Broken {
  readonly requirement: string;
  readonly message: string;
  readonly offset?: number;
}

/** Bytes of one unit that are dumped. */
const MOST_BYTES = 256;

/** The parts of a unit, or undefined where nothing of it was kept. */
export function unitOctets(entry: TranscriptEntry, version: MqttVersion): OctetsData | undefined {
  const bytes = entry.bytes === undefined ? undefined : Buffer.from(entry.bytes, 'base64');
  if (bytes === undefined || bytes.length === 0) return undefined;
  const { fields, broken } = partsOf(bytes, entry, version);
  return {
    h: bytes.toString('hex', 0, MOST_BYTES),
    n: entry.cut === true ? (entry.size ?? bytes.length) : bytes.length,
    f: fields.map(({ name, offset, length, value, nested }) =>
      nested === true ? [name, offset, length, visible(value), 1] : [name, offset, length, visible(value)],
    ),
    r: broken.map(({ message, offset }) => (offset === undefined ? [visible(message)] : [visible(message), offset])),
    ...(entry.layer === 'http' ? { h: '', t: httpText(bytes) } : {}),
  };
}

interface Parts {
  readonly fields: readonly ShownField[];
  readonly broken: readonly Broken[];
}

function partsOf(bytes: Uint8Array, entry: TranscriptEntry, version: MqttVersion): Parts {
  const broken = entry.violation === undefined ? [] : [entry.violation];
  if (entry.layer === 'mqtt') return packetParts(bytes, entry, version);
  if (entry.layer !== 'websocket') return { fields: [], broken };
  // Of a data frame that came, and of control frames, the payload alone may have been recorded.
  const whole = entry.size === undefined || entry.size === bytes.length || entry.direction === 'out';
  return { fields: whole ? frameFields(bytes) : [], broken };
}

function packetParts(bytes: Uint8Array, entry: TranscriptEntry, version: MqttVersion): Parts {
  const fields: FieldSpan[] = [];
  const from = entry.direction === 'out' ? 'client' : 'server';
  const decoded = decode(bytes, { version, from, tolerate: () => true, fields });
  const found = decoded.violation === undefined ? (decoded.tolerated ?? []) : [decoded.violation];
  return { fields: shownFields(fields), broken: brokenBy(entry, found) };
}

/**
 * What was recorded stands for itself; what decoding finds adds the place. Of a cut packet decoding says nothing true. What
 * the harness sends wrong it sends on purpose.
 */
function brokenBy(entry: TranscriptEntry, found: readonly Violation[]): Broken[] {
  const purpose = entry.direction === 'out' ? 'on purpose: ' : '';
  const decoded =
    entry.cut === true
      ? []
      : found.map(({ requirements: [requirement = ''], message, offset }) => ({
          requirement,
          message: `${purpose}${message}`,
          offset,
        }));
  const { violation } = entry;
  if (violation === undefined) return decoded;
  const twin = decoded.find(
    ({ message, requirement }) => message === violation.message || requirement === violation.requirement,
  );
  return twin === undefined ? [violation, ...decoded] : decoded;
}

/** In the order of the wire, a property before its value. */
function shownFields(fields: readonly FieldSpan[]): ShownField[] {
  return fields
    .map(({ name, offset, length, value }) => ({
      ...fieldName(name, SECRET.test(name) ? `${value}, masked` : value),
      offset,
      length,
    }))
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
}

/** Their bytes are stars already when they are recorded. */
const SECRET = /password$|\.authenticationData\.value$/;
const PROPERTY = /^(.*?)\.property\.([A-Za-z]+)((?:\[\d+\])?)(?:\.(\w+))?$/;

/** As the standards call it: `publish.property.contentType.value` is the value of Content Type. */
function fieldName(name: string, value: string): Pick<ShownField, 'name' | 'value' | 'nested'> {
  const [, owner, property, index = '', part] = PROPERTY.exec(name) ?? [];
  if (property === undefined) {
    const words = name.replace(/^(?!will\.)[a-z]+\./, '').replaceAll(/[.-]/g, ' ');
    return { name: words, value };
  }
  const words = property.replaceAll(/[A-Z]/g, (capital) => ` ${capital}`);
  const title = `${owner === 'will' ? 'will: ' : ''}${words.charAt(0).toUpperCase()}${words.slice(1)}${index}`;
  return part === undefined ? { name: title, value: `identifier ${value}` } : { name: part, value, nested: true };
}

/** Heads of HTTP are text to begin with. */
function httpText(bytes: Buffer): string {
  const lines = bytes.toString('latin1').split('\r\n');
  return lines
    .map((line) => visible(line))
    .join('\n')
    .trimEnd();
}
