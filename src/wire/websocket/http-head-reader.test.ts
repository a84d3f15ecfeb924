import { describe, expect, it } from 'vitest';
import { headerList, headerValues } from './http-head.ts';
import { HttpHeadReader, parseHead, type HeadEvent } from './http-head-reader.ts';
import { asciiOf, hexOf } from './testing/hex.ts';

function read(text: string, kind: 'request' | 'response' = 'request', limit?: number): HeadEvent | undefined {
  return new HttpHeadReader(limit === undefined ? { kind } : { kind, limit }).push(asciiOf(text));
}

const HEAD = 'GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\nx:\t2 \r\n\r\n';

describe('HttpHeadReader', () => {
  it('reads a head cut anywhere, and gives what is behind it', () => {
    const whole = asciiOf(`${HEAD}\x82\x00`);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const reader = new HttpHeadReader({ kind: 'request' });
      const first = reader.push(whole.subarray(0, cut));
      const event = first ?? reader.push(whole.subarray(cut));
      if (event?.kind !== 'head') throw new Error(`cut at ${cut}`);
      expect(event.head.startLine).toBe('GET / HTTP/1.1');
      expect(headerValues(event.head, 'X')).toEqual(['1', '2']);
      expect(event.head.bytes).toEqual(asciiOf(HEAD));
      expect(hexOf(event.rest)).toBe('8200'.slice(0, first === undefined ? 4 : 2 * (cut - HEAD.length)));
      expect(reader.push(asciiOf(HEAD))).toBeUndefined();
      expect(reader.pending).toBe(0);
    }
  });

  it('joins the lines of a field to one list', () => {
    const head = parseHead(asciiOf(HEAD));
    expect(headerList(head, 'x')).toBe('1, 2');
    expect(headerList(head, 'y')).toBeUndefined();
  });

  it('keeps the lines as sent', () => {
    const head = parseHead(asciiOf('GET / HTTP/1.1\nA : 1\r\nB: 1\r\n\t2\r\nno field\r\n: x\r\nC:\r\n\r\n'));
    expect(head.headers).toEqual([
      { name: 'A', value: '1', raw: 'A : 1', spaceBeforeColon: true, folded: false },
      { name: 'B', value: '1 2', raw: 'B: 1\r\n\t2', spaceBeforeColon: false, folded: true },
      { name: 'C', value: '', raw: 'C:', spaceBeforeColon: false, folded: false },
    ]);
    expect(head.malformedLines).toEqual(['no field', ': x']);
    expect(head.bareLf).toBe(true);
    expect(parseHead(asciiOf(HEAD)).bareLf).toBe(false);
  });

  it('takes empty lines before a request, not before a response', () => {
    expect(read(`\r\n\r\n${HEAD}`)).toMatchObject({ kind: 'head', head: { startLine: 'GET / HTTP/1.1' } });
    expect(read('\r\nHTTP/1.1 101 x\r\n\r\n', 'response')).toMatchObject({ kind: 'not-http' });
  });

  it('ends at an empty line of LF alone', () => {
    expect(read('GET / HTTP/1.1\nHost: a\n\nrest')).toMatchObject({ kind: 'head', head: { bareLf: true } });
  });

  it.each([
    ['\x10\x0c\x00\x04MQTT', 'request'],
    ['\x20\x02\x00\x00', 'response'],
    ['HTTP 200', 'response'],
    ['\x16\x03\x01', 'request'],
  ] as const)('sees at the first byte that %j is no HTTP', (text, kind) => {
    expect(read(text, kind)).toMatchObject({ kind: 'not-http' });
  });

  it('ends a head without end at the limit', () => {
    const event = read(`GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`, 'request', 100);
    expect(event).toMatchObject({ kind: 'too-large' });
    expect(event?.kind === 'too-large' && event.bytes.length).toBe(100);
    expect(read(HEAD, 'request', HEAD.length)).toMatchObject({ kind: 'head' });
    expect(read(HEAD, 'request', HEAD.length - 1)).toMatchObject({ kind: 'too-large' });
  });
});
