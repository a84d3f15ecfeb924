import { describe, expect, it } from 'vitest';
import { sha1 } from '#io';
import { acceptKey } from './accept-key.ts';
import { parseHead } from './http-head-reader.ts';
import { parseUpgradeRequest } from './parse-upgrade.ts';
import { latin1Text } from './latin1.ts';
import { asciiOf } from './testing/hex.ts';
import { buildUpgradeRequest, type UpgradeRequestOptions } from './upgrade-request.ts';
import { buildHttpResponse, buildUpgradeResponse } from './upgrade-response.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const request = (options: Partial<UpgradeRequestOptions> = {}): Uint8Array =>
  buildUpgradeRequest({ host: 'a:80', key: KEY, ...options });
const nameOf = (bytes: Uint8Array): string => parseUpgradeRequest(parseHead(bytes)).violation?.name ?? 'fine';

describe('building heads', () => {
  it('writes a right request', () => {
    expect(latin1Text(request({ origin: 'http://a', extensions: 'permessage-deflate' }))).toBe(
      [
        'GET /mqtt HTTP/1.1',
        'Host: a:80',
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${KEY}`,
        'Sec-WebSocket-Version: 13',
        'Origin: http://a',
        'Sec-WebSocket-Protocol: mqtt',
        'Sec-WebSocket-Extensions: permessage-deflate',
        '',
        '',
      ].join('\r\n'),
    );
  });

  it('writes what is wrong on purpose', () => {
    const text = latin1Text(
      request({
        headers: { HOST: 'b', upgrade: null, 'sec-websocket-version': ['13', '12'], 'X-New': 'é' },
        order: ['X-New', 'Sec-WebSocket-Key'],
        rawLines: ['Upgrade : websocket', ' folded'],
        protocols: [],
        lineEnd: '\n',
        startLine: 'HELLO',
      }),
    );
    expect(text.split('\n')).toEqual([
      'HELLO',
      'X-New: é',
      `Sec-WebSocket-Key: ${KEY}`,
      'HOST: b',
      'Connection: Upgrade',
      'sec-websocket-version: 13',
      'sec-websocket-version: 12',
      'Upgrade : websocket',
      ' folded',
      '',
      '',
    ]);
    expect(() => request({ target: '/∞' })).toThrow('U+221E');
  });

  it('writes both answers', () => {
    expect(latin1Text(buildUpgradeResponse({ accept: 'x=', protocol: 'mqtt', extensions: 'e' }))).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x=\r\n' +
        'Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Extensions: e\r\n\r\n',
    );
    const refusal = buildHttpResponse({ status: 426, fields: { Upgrade: 'websocket' }, body: asciiOf('no') });
    expect(latin1Text(refusal)).toBe(
      'HTTP/1.1 426 Upgrade Required\r\nConnection: close\r\nContent-Length: 2\r\nUpgrade: websocket\r\n\r\nno',
    );
  });

  it('computes Accept from the key as sent (RFC 6455 §1.3)', () => {
    expect(acceptKey(KEY, sha1)).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(acceptKey('dGhlIHNhbXBsZSBub25jZR==', sha1)).not.toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });
});

describe('parseUpgradeRequest', () => {
  it('reads a right request', () => {
    const target = 'http://h:1/a%20b/c?q=?1';
    const { request: read } = parseUpgradeRequest(
      parseHead(request({ target, origin: 'null', protocols: ['x', 'mqtt'], extensions: 'a; b=1' })),
    );
    expect(read).toMatchObject({
      target,
      path: '/a%20b/c',
      query: 'q=?1',
      host: 'a:80',
      key: KEY,
      protocols: ['x', 'mqtt'],
      extensions: [{ name: 'a', parameters: [{ name: 'b', value: '1' }] }],
      origin: 'null',
    });
  });

  it.each([
    ['/', '/'],
    ['/?x', '/'],
    ['http://h', '/'],
    ['http://h?x', '/'],
    ['ws://h/a', '/a'],
    ['/http://x/y', '/http://x/y'],
  ])('finds the path of %s', (target, path) => {
    expect(parseUpgradeRequest(parseHead(request({ target }))).request?.path).toBe(path);
  });

  it.each([
    ['names and values in any case', { headers: { hOsT: 'a', UPGRADE: 'WebSocket', connection: 'uPGRADE' } }],
    ['more tokens in Connection', { headers: { Connection: 'keep-alive,, Upgrade ,x' } }],
    ['Connection in two lines', { headers: { Connection: ['keep-alive', 'Upgrade'] } }],
    ['another protocol beside websocket', { headers: { Upgrade: 'h2c, websocket' } }],
    ['several protocol lines', { headers: { 'Sec-WebSocket-Protocol': ['x', '\tmqtt ,, y'] } }],
    ['unknown fields', { headers: { 'X-Any': 'thing' } }],
    ['an empty Host', { headers: { Host: '' } }],
    ['HTTP/1.2', { httpVersion: 'HTTP/1.2' }],
  ])('takes %s', (_, options) => {
    expect(nameOf(request(options))).toBe('fine');
  });
});
