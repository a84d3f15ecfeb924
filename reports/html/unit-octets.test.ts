import { expect, test } from 'vitest';
import { encodeBase64, encodeFrame, encodeUtf8, type TranscriptEntry } from '#wire';
import { escapeText } from './client/escape-text.ts';
import { octetsMarkup } from './client/octets-markup.ts';
import { unitOctets } from './unit-octets.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.split(' '), (byte) => Number.parseInt(byte, 16));

const unit = (hex: string | Uint8Array, entry: Partial<TranscriptEntry> = {}): string => {
  const bytes = typeof hex === 'string' ? bytesOf(hex) : hex;
  const base = { at: 0, connection: 1, direction: 'in', layer: 'mqtt', summary: '', size: bytes.length } as const;
  const octets = unitOctets({ ...base, bytes: encodeBase64(bytes), ...entry }, '5.0');
  return octets === undefined ? '' : octetsMarkup(octets, escapeText);
};

/** Name, bytes and value of each field. */
const fields = (text: string): string[] =>
  [...text.matchAll(/<tr tabindex[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );

test('a packet by its fields, properties with their values inside', () => {
  expect(fields(unit('20 06 00 00 03 22 00 0a'))).toEqual([
    'first byte 0 0x20',
    'remaining length 1 6',
    'flags 2 0x00',
    'reason code 3 0x00',
    'property length 4 3',
    'Topic Alias Maximum 5–7 identifier 34',
    'value 6–7 10',
  ]);
});

test('each byte names the fields around it', () => {
  const text = unit('20 06 00 00 03 22 00 0a');
  expect(text).toContain('<b data-f="5">22</b> <b data-f="5 6">00 0a</b>');
});

test('what the broker sends wrong is marked; what the harness sends wrong is on purpose', () => {
  expect(unit('20 03 02 00 00')).toMatch(
    /class="bad"><th scope="row">flags.*<em>connect acknowledge flags are 0x02<\/em>/s,
  );
  expect(unit('d0 00', { direction: 'out' })).toMatch(/on purpose: /);
  expect(unit('20 03 02', { cut: true, size: 5 })).not.toMatch(/<em>|class="rule"/);
});

test('a rule without a place stands below the fields', () => {
  const violation = { requirement: '5.0/MQTT-3.2.0-2', message: 'a second CONNACK' };
  expect(unit('20 03 00 00 00', { violation })).toMatch(/<p class="rule">a second CONNACK<\/p>/);
});

test('secrets are said to be masked', () => {
  const connect = bytesOf('10 19 00 04 4d 51 54 54 05 c2 00 3c 00 00 01 63 00 01 75 00 06 2a 2a 2a 2a 2a 2a');
  expect(fields(unit(connect, { direction: 'out' })).at(-1)).toBe('password 19–26 6 bytes, masked');
});

test('a WebSocket frame by its header', () => {
  const close = encodeFrame({ opcode: 8, payload: bytesOf('03 ea'), maskingKey: bytesOf('01 02 03 04') });
  expect(fields(unit(close, { layer: 'websocket', direction: 'out' }))).toEqual([
    'first byte 0 FIN, Close',
    'mask, length 1 masked, 2',
    'masking key 2–5 01 02 03 04',
    'payload 6–7 code 1002, 03 ea',
  ]);
  expect(fields(unit('82 7e 00 80', { layer: 'websocket', direction: 'out' }))).toEqual([
    'first byte 0 FIN, binary',
    'mask, length 1 not masked, 126',
    'extended length 2–3 128',
  ]);
  // Only the payload of a control frame that came was kept.
  expect(fields(unit('03 e8', { layer: 'websocket', size: 4 }))).toEqual([]);
});

test('a head of HTTP is text', () => {
  const head = encodeUtf8('HTTP/1.1 101 Switching Protocols\r\nX: <b>\r\n\r\n');
  expect(unit(head, { layer: 'http' })).toContain('HTTP/1.1 101 Switching Protocols\nX: &lt;b&gt;</pre>');
});

test('nothing kept, nothing shown; long units are cut and say so', () => {
  const bare = { at: 0, connection: 1, direction: 'in', layer: 'tcp', summary: 'FIN' } as const;
  expect(unitOctets(bare, '5.0')).toBeUndefined();
  expect(unit(new Uint8Array(512), { layer: 'tcp', size: 70_000, cut: true })).toContain('… 256 of 70000 bytes');
});
