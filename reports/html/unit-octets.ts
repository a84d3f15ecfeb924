/** The bytes of one transcript entry, taken apart by its layer. */
import type { MqttVersion } from '#spec';
import { decode, decodeBase64, type FieldSpan, type TranscriptEntry, type Violation } from '#wire';
import { html, type Markup } from './markup.ts';
import { octets, type Broken, type ShownField } from './octets.ts';
import { frameFields } from './frame-fields.ts';
import { visible } from '../text.ts';

/** A page that turns out too large is made again. */
const made = new WeakMap<TranscriptEntry, Markup>();

/** The parts of a unit, or undefined where nothing of it was kept. */
export function unitOctets(entry: TranscriptEntry, version: MqttVersion): Markup | undefined {
  const octets = made.get(entry) ?? takeApart(entry, version);
  if (octets !== undefined) made.set(entry, octets);
  return octets;
}

function takeApart(entry: TranscriptEntry, version: MqttVersion): Markup | undefined {
  const bytes = entry.bytes === undefined ? undefined : decodeBase64(entry.bytes);
  if (bytes === undefined || bytes.length === 0) return undefined;
  const size = entry.cut === true && entry.size !== undefined ? { size: entry.size } : {};
  const broken = entry.violation === undefined ? [] : [entry.violation];
  if (entry.layer === 'http') return httpText(bytes, entry);
  if (entry.layer === 'mqtt') return octets({ bytes, ...size, ...packetParts(bytes, entry, version) });
  if (entry.layer === 'websocket') {
    // Of a data frame that came, and of control frames, the payload alone may have been recorded.
    const whole = entry.size === undefined || entry.size === bytes.length || entry.direction === 'out';
    return octets({ bytes, ...size, broken, fields: whole ? frameFields(bytes) : [] });
  }
  return octets({ bytes, ...size, broken, fields: [] });
}

function packetParts(bytes: Uint8Array, entry: TranscriptEntry, version: MqttVersion) {
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
function httpText(bytes: Uint8Array, { violation }: TranscriptEntry): Markup {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const lines = text.split('\r\n').map((line) => visible(line));
  return html`<pre class="http" tabindex="0" aria-label="HTTP head">${lines.join('\n').trimEnd()}</pre>
    ${violation !== undefined && html`<p class="rule">${violation.message}</p>`}`;
}
