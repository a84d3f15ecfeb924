import { describe, expect, it } from 'vitest';
import { parseTarget, type TargetInput } from './parse-target.ts';
import { TargetError } from './target-error.ts';

const endpointOf = (url: string) => parseTarget({ url }).endpoints[0];

const refused = (input: TargetInput): TargetError => {
  try {
    parseTarget(input);
  } catch (error) {
    if (error instanceof TargetError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('parseTarget: endpoints', () => {
  it.each([
    ['ws://localhost', 'ws', 'localhost', 80, '/'],
    ['ws://localhost:9001/mqtt', 'ws', 'localhost', 9001, '/mqtt'],
    ['WSS://Broker.Example/mqtt?token=a%20b', 'wss', 'broker.example', 443, '/mqtt?token=a%20b'],
    ['ws://[::1]:80/', 'ws', '::1', 80, '/'],
    ['mqtt://LOCALHOST', 'mqtt', 'localhost', 1883, ''],
    ['mqtt://127.0.0.1:80/', 'mqtt', '127.0.0.1', 80, ''],
    ['mqtts://[fe80::1]', 'mqtts', 'fe80::1', 8883, ''],
    ['  ws://h:1/x  ', 'ws', 'h', 1, '/x'],
  ])('%s', (url, transport, host, port, path) => {
    expect(endpointOf(url)).toMatchObject({ transport, host, port, path });
  });

  it('keeps user info out of the URL and takes it as credentials', () => {
    const target = parseTarget({ url: 'ws://al%40ice:s%3Aecret@localhost:9001/mqtt' });
    expect(target.endpoints[0].url).toBe('ws://localhost:9001/mqtt');
    expect(target.credentials).toEqual({ username: 'al@ice', password: Uint8Array.from(Buffer.from('s:ecret')) });
  });

  it('prefers options to user info', () => {
    const { credentials } = parseTarget({ url: 'ws://a:b@localhost', username: 'c', password: Uint8Array.of(0xff) });
    expect(credentials).toEqual({ username: 'c', password: Uint8Array.of(0xff) });
  });

  it('takes further endpoints of the same broker, and one user for all', () => {
    expect(parseTarget({ url: 'ws://localhost', also: ['mqtt://127.0.0.1'] }).endpoints.map((e) => e.port)).toEqual([
      80, 1883,
    ]);
    expect(refused({ url: 'ws://a@localhost', also: ['mqtt://b@localhost'] }).code).toBe('TARGET_CREDENTIALS');
  });
});

describe('parseTarget: loopback', () => {
  it.each([
    ['ws://localhost', true],
    ['ws://127.4.5.6', true],
    ['ws://127.1', true],
    ['ws://[::1]', true],
    ['mqtt://[::ffff:127.0.0.1]', true],
    ['ws://x.localhost.', true],
    ['ws://localhost.example', false],
    ['ws://128.0.0.1', false],
    ['ws://127.example', false],
    ['ws://[::2]', false],
  ])('%s: %s', (url, loopback) => {
    expect(parseTarget({ url }).loopback).toBe(loopback);
  });

  it('holds only where all endpoints are loopback', () => {
    expect(parseTarget({ url: 'ws://localhost', also: ['mqtt://broker.example'] }).loopback).toBe(false);
  });
});

describe('parseTarget: what is wrong, what to do, one example', () => {
  it.each<[TargetInput, TargetError['code'], string]>([
    [{ url: 'localhost:9001/mqtt' }, 'TARGET_URL_SCHEME', 'ws://localhost:9001/mqtt'],
    [{ url: 'http://localhost:9001/mqtt' }, 'TARGET_URL_SCHEME', 'ws://localhost:9001/mqtt'],
    [{ url: 'ssl://h:8883' }, 'TARGET_URL_SCHEME', 'mqtts://h:8883'],
    [{ url: 'ws://:9001' }, 'TARGET_URL_INVALID', 'ws://localhost:9001'],
    [{ url: 'ws://h:99999' }, 'TARGET_URL_INVALID', 'ws://localhost:9001'],
    [{ url: 'ws://h:0/' }, 'TARGET_URL_PART', 'ws://h'],
    [{ url: 'ws://h/mqtt#x' }, 'TARGET_URL_PART', 'ws://h/mqtt'],
    [{ url: 'mqtt://h:1883/mqtt' }, 'TARGET_URL_PART', 'ws://h:1883/mqtt'],
    [{ url: 'ws://a:50%@h' }, 'TARGET_CREDENTIALS', 'ws://user:50%25@localhost/mqtt'],
    [{ url: 'ws://h', versions: ['3.1'] }, 'TARGET_VERSION', '--mqtt 5.0'],
    [{ url: 'ws://h', declared: ['idendity'] }, 'TARGET_DECLARATION', '--declare identity'],
    [{ url: 'ws://h', headers: ['Bearer abc'] }, 'TARGET_HEADER', `--header 'Authorization: Bearer …'`],
    [{ url: 'ws://h', headers: ['Sec-WebSocket-Key: x'] }, 'TARGET_HEADER', `--header 'Authorization: Bearer …'`],
    [{ url: 'ws://h', headers: ['A: b\r\nC: d'] }, 'TARGET_HEADER', `--header 'Authorization: Bearer …'`],
    [{ url: 'wss://h', tls: { cert: 'x' } }, 'TARGET_TLS', '--cert client.pem'],
    [
      { url: 'wss://h', tls: { ca: ['-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----'] } },
      'TARGET_TLS',
      '--cert client.pem --key client.key',
    ],
    [{ url: 'ws://h', topicPrefix: 'a/+/' }, 'TARGET_PREFIX', '--topic-prefix team/7/'],
    [{ url: 'ws://h', clientIdPrefix: 'a\n' }, 'TARGET_PREFIX', '--client-id-prefix ms'],
  ])('%o', (input, code, example) => {
    const error = refused(input);
    expect(error).toMatchObject({ code, example });
    expect(error.message).toContain(example);
  });

  it.each([
    'ws://alice:geheim@h:99999/mqtt?token=geheim',
    'ws://alice:geh?geheim@h:x',
    'alice:geheim@h',
    'http://a:geheim@h',
  ])('echoes no secret of %s', (url) => {
    expect(refused({ url }).message).not.toContain('geheim');
  });
});

describe('parseTarget: the rest', () => {
  it('reads versions as people type them, oldest first', () => {
    expect(parseTarget({ url: 'ws://h', versions: ['v5', '3.1.1', '5.0'] }).versions).toEqual(['3.1.1', '5.0']);
    expect(parseTarget({ url: 'ws://h' }).versions).toBeUndefined();
  });

  it('ends the topic prefix in a slash', () => {
    expect(parseTarget({ url: 'ws://h', topicPrefix: 'team/7' }).topicPrefix).toBe('team/7/');
    expect(parseTarget({ url: 'ws://h', topicPrefix: '' }).topicPrefix).toBe('');
  });

  it('takes headers, declarations and verifies certificates unless told otherwise', () => {
    const target = parseTarget({ url: 'wss://h', headers: ['X-A:  b:c '], declared: ['require-client-cert', 'acl'] });
    expect(target.headers).toEqual([['X-A', 'b:c']]);
    expect(target.declared).toEqual(['mtls-required', 'acl']);
    expect(target.tls.verify).toBe(true);
    expect(parseTarget({ url: 'wss://h', tls: { insecure: true } }).tls).toEqual({ verify: false });
  });
});
