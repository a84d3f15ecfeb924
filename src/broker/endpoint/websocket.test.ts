import { describe, expect, test } from 'vitest';
import { memoryPair, nodeCompression, seededRandom, VirtualClock, type EndKind } from '#io';
import {
  acceptKey,
  buildUpgradeRequest,
  encode,
  encodeCloseBody,
  encodeFrame,
  FrameReader,
  HttpHeadReader,
  latin1Bytes,
  OPCODES,
  type Frame,
  type HttpHead,
  type UpgradeRequestOptions,
} from '#wire';
import { sha1 } from '#io';
import { createBroker, type WatchedOptions } from '../create-broker.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const MASK = Uint8Array.of(1, 2, 3, 4);
const CONNECT = encode(
  { type: 'CONNECT', protocolName: 'MQTT', protocolLevel: 4, cleanStart: true, keepAlive: 60, clientId: 'c' },
  '3.1.1',
);
const CONNACK = '20020000';
const PINGREQ = Uint8Array.of(0xc0, 0);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A client that knows nothing: it writes what it is told and keeps what comes. */
class RawClient {
  readonly clock = new VirtualClock();
  readonly frames: Frame[] = [];
  head: HttpHead | undefined;
  fin = false;
  end: EndKind | undefined;
  readonly #duplex;
  readonly #broker;

  constructor(options: Partial<WatchedOptions> = {}) {
    const [client, server] = memoryPair(this.clock);
    this.#broker = createBroker({
      clock: this.clock,
      random: seededRandom('test').bytes,
      compression: nodeCompression,
      ...options,
    });
    this.#broker.accept(server, 'ws');
    this.#duplex = client;
    const head = new HttpHeadReader({ kind: 'response' });
    const reader = new FrameReader({ from: 'server', tolerate: () => true });
    client.listen({
      data: (bytes) => {
        let rest = bytes;
        if (this.head === undefined) {
          const event = head.push(bytes);
          if (event?.kind !== 'head') return;
          this.head = event.head;
          rest = event.rest;
        }
        if (!this.head.startLine.includes(' 101 ')) return;
        for (const event of reader.push(rest)) if (event.kind === 'frame') this.frames.push(event.frame);
      },
      ended: () => {
        this.fin = true;
      },
      closed: (kind) => {
        this.end = kind;
      },
    });
  }

  async write(...parts: readonly Uint8Array[]): Promise<this> {
    for (const part of parts) this.#duplex.write(part);
    return this.pass(10);
  }

  async pass(ms: number): Promise<this> {
    await this.clock.advance(ms);
    return this;
  }

  finish(): void {
    this.#duplex.end();
  }

  shutDown(): void {
    this.#broker.close();
  }

  get status(): string {
    return this.head?.startLine.slice(9) ?? 'none';
  }

  header(name: string): string | undefined {
    return this.head?.headers.find((line) => line.name === name)?.value;
  }

  /** `binary 20020000`, `close 1002`. */
  get seen(): string[] {
    return this.frames.map(({ opcode, payload }) => {
      if (opcode === OPCODES.close) return `close ${payload.length < 2 ? '' : Buffer.from(payload).readUInt16BE()}`;
      return `${opcode === OPCODES.binary ? 'binary' : opcode} ${hex(payload)}`;
    });
  }
}

const request = (more: Partial<UpgradeRequestOptions> = {}): Uint8Array =>
  buildUpgradeRequest({ host: 'test', key: KEY, ...more });
const frame = (opcode: number, payload: Uint8Array, more = {}): Uint8Array =>
  encodeFrame({ opcode, payload, maskingKey: MASK, ...more });
const binary = (payload: Uint8Array, more = {}): Uint8Array => frame(OPCODES.binary, payload, more);
const close = (code?: number): Uint8Array => frame(OPCODES.close, encodeCloseBody(code));

async function opened(options: Partial<WatchedOptions> = {}): Promise<RawClient> {
  const client = new RawClient(options);
  await client.write(request());
  return client;
}

describe('the opening handshake', () => {
  test('answers a right request by 101, the computed key and mqtt', async () => {
    const client = await opened();
    expect(client.status).toBe('101 Switching Protocols');
    expect(client.header('Sec-WebSocket-Accept')).toBe(acceptKey(KEY, sha1));
    expect(client.header('Sec-WebSocket-Protocol')).toBe('mqtt');
    expect(client.header('Sec-WebSocket-Extensions')).toBeUndefined();
  });

  test('reads a request that comes octet by octet', async () => {
    const client = new RawClient();
    await client.write(...Array.from(request(), (octet) => Uint8Array.of(octet)));
    expect(client.status).toBe('101 Switching Protocols');
  });

  test.each<[string, Partial<UpgradeRequestOptions>, string]>([
    ['another method', { method: 'POST' }, '405 Method Not Allowed'],
    ['HTTP/1.0', { httpVersion: 'HTTP/1.0' }, '505 HTTP Version Not Supported'],
    ['no Host', { headers: { Host: null } }, '400 Bad Request'],
    ['no Upgrade', { headers: { Upgrade: null } }, '426 Upgrade Required'],
    ['no Connection', { headers: { Connection: null } }, '426 Upgrade Required'],
    ['version 12', { version: '12' }, '426 Upgrade Required'],
    ['no version', { headers: { 'Sec-WebSocket-Version': null } }, '426 Upgrade Required'],
    ['no key', { headers: { 'Sec-WebSocket-Key': null } }, '400 Bad Request'],
    ['a short key', { key: 'dGhl' }, '400 Bad Request'],
    ['another path', { target: '/other' }, '404 Not Found'],
    ['another origin', { origin: 'https://evil.invalid' }, '403 Forbidden'],
    ['no subprotocol', { protocols: [] }, '400 Bad Request'],
    ['another subprotocol', { protocols: ['stomp'] }, '400 Bad Request'],
    ['a malformed extension', { extensions: 'a=;' }, '400 Bad Request'],
  ])('refuses %s, and ends', async (_name, more, status) => {
    const client = new RawClient({ path: '/mqtt', origins: ['https://good.invalid'] });
    await client.write(request(more));
    expect(client.status).toBe(status);
    expect(client.fin).toBe(true);
  });

  test('names its version where it refuses one', async () => {
    const client = await new RawClient().write(request({ version: '12' }));
    expect(client.header('Sec-WebSocket-Version')).toBe('13');
  });

  test.each([
    ['octets that are no HTTP', Uint8Array.of(0, 1, 2, 3), '400 Bad Request'],
    ['MQTT without upgrade', CONNECT, '400 Bad Request'],
    [
      'a head without end',
      latin1Bytes(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`),
      '431 Request Header Fields Too Large',
    ],
  ])('refuses %s', async (_name, bytes, status) => {
    const client = await new RawClient().write(bytes);
    expect(client.status).toBe(status);
    expect(client.fin).toBe(true);
  });

  test('gives a request that never ends its time, and not more', async () => {
    const client = await new RawClient().write(latin1Bytes('GET /mqtt HT'));
    await client.pass(9_000);
    expect(client.fin).toBe(false);
    await client.pass(2_000);
    expect(client.status).toBe('408 Request Timeout');
    expect(client.fin).toBe(true);
  });

  test('ends a connection over which no CONNECT comes', async () => {
    const client = await opened();
    await client.pass(15_000);
    expect(client.fin).toBe(true);
  });
});

describe('frames', () => {
  test.each<[string, readonly Uint8Array[]]>([
    ['in one frame', [binary(CONNECT)]],
    ['octet by octet, each a frame', Array.from(CONNECT, (octet) => binary(Uint8Array.of(octet)))],
    ['in fragments', [binary(CONNECT.subarray(0, 4), { fin: false }), frame(0, CONNECT.subarray(4))]],
    [
      'in fragments, one empty',
      [
        binary(CONNECT.subarray(0, 4), { fin: false }),
        frame(0, new Uint8Array(0), { fin: false }),
        frame(0, CONNECT.subarray(4)),
      ],
    ],
    ['behind an empty frame', [binary(new Uint8Array(0)), binary(CONNECT)]],
    ['in frames cut at every octet of TCP', Array.from(binary(CONNECT), (octet) => Uint8Array.of(octet))],
    ['in one segment with the request', []],
  ])('a CONNECT is served %s', async (name, parts) => {
    const client = new RawClient();
    if (parts.length === 0) await client.write(Buffer.concat([request(), binary(CONNECT)]));
    else await (await client.write(request())).write(...parts);
    expect(client.seen, name).toEqual([`binary ${CONNACK}`]);
  });

  test('a burst of replies leaves in one frame', async () => {
    const client = await opened();
    await client.write(binary(Buffer.concat([CONNECT, PINGREQ, PINGREQ])));
    expect(client.seen).toEqual([`binary ${CONNACK}d000d000`]);
  });

  test.each([
    ['a Ping', [frame(OPCODES.ping, MASK)], ['10 01020304']],
    [
      'a Ping inside a message',
      [binary(CONNECT.subarray(0, 4), { fin: false }), frame(OPCODES.ping, MASK), frame(0, CONNECT.subarray(4))],
      ['10 01020304', `binary ${CONNACK}`],
    ],
    ['a Pong that nobody asked for', [frame(OPCODES.pong, MASK), binary(CONNECT)], [`binary ${CONNACK}`]],
  ])('%s is taken', async (_name, parts, seen) => {
    const client = await opened();
    await client.write(...parts);
    expect(client.seen).toEqual(seen);
    expect(client.fin).toBe(false);
  });

  test.each([
    ['without mask', binary(CONNECT, { maskingKey: undefined }), 1002],
    ['with RSV1', binary(CONNECT, { rsv1: true }), 1002],
    ['with RSV3', binary(CONNECT, { rsv3: true }), 1002],
    ['with opcode 3', frame(3, CONNECT), 1002],
    ['with opcode 11', frame(11, CONNECT), 1002],
    ['that continues nothing', frame(0, CONNECT), 1002],
    ['of text', frame(OPCODES.text, CONNECT), 1003],
    ['of text, empty', frame(OPCODES.text, new Uint8Array(0)), 1003],
    ['of text, unfinished', frame(OPCODES.text, new Uint8Array(0), { fin: false }), 1003],
    ['of Ping, too long', frame(OPCODES.ping, new Uint8Array(126)), 1002],
    ['of Ping, unfinished', frame(OPCODES.ping, MASK, { fin: false }), 1002],
    ['with a length of 2^62', frame(OPCODES.binary, CONNECT, { lengthForm: 64, announcedLength: 2n ** 62n }), 1009],
    ['with a length in too many octets', binary(CONNECT, { lengthForm: 64 }), 1002],
    ['of Close, one octet', frame(OPCODES.close, Uint8Array.of(3)), 1002],
    ['of Close, code 1005', close(1005), 1002],
  ])('a frame %s fails the connection', async (_name, bytes, code) => {
    const client = await opened();
    await client.write(bytes, binary(CONNECT));
    expect(client.seen).toEqual([`close ${code}`]);
    expect(client.fin).toBe(true);
  });
});

describe('closing', () => {
  test.each([
    [1000, 'close 1000'],
    [4999, 'close 4999'],
    [undefined, 'close '],
  ])('a Close with %s is answered, and TCP ends', async (code, seen) => {
    const client = await opened();
    await client.write(binary(CONNECT), close(code));
    expect(client.seen).toEqual([`binary ${CONNACK}`, seen]);
    expect(client.fin).toBe(true);
  });

  test('an error of MQTT closes with 1002, and TCP ends as soon as that was answered', async () => {
    const client = await opened();
    await client.write(binary(CONNECT), binary(CONNECT));
    expect(client.seen).toEqual([`binary ${CONNACK}`, 'close 1002']);
    expect(client.fin).toBe(false);
    await client.write(close(1002));
    expect(client.fin).toBe(true);
    expect(client.frames).toHaveLength(2);
  });

  test('a peer that does not answer Close is not waited for without end', async () => {
    const client = await opened();
    await client.write(binary(CONNECT), binary(CONNECT));
    await client.pass(2_500);
    expect(client.fin).toBe(true);
  });

  test('a peer that does not end TCP is cut', async () => {
    const client = await opened();
    await client.write(close());
    await client.pass(6_000);
    expect(client.end).toBe('reset');
  });

  test('a FIN is answered by FIN', async () => {
    const client = await opened();
    await client.write(binary(CONNECT));
    client.finish();
    await client.pass(10);
    expect(client.end).toBe('fin');
  });

  test('DISCONNECT is followed by Close 1000', async () => {
    const client = await opened();
    await client.write(binary(CONNECT), binary(Uint8Array.of(0xe0, 0)));
    expect(client.seen.slice(1)).toEqual(['close 1000']);
  });

  test('a shutdown is told by 1001', async () => {
    const client = await opened();
    await client.write(binary(CONNECT));
    client.shutDown();
    await client.pass(10);
    expect(client.seen.slice(1)).toEqual(['close 1001']);
  });
});

describe('permessage-deflate', () => {
  test('is agreed to where the decision says so, and carries a session', async () => {
    const client = new RawClient();
    await client.write(request({ extensions: 'permessage-deflate; server_no_context_takeover' }));
    expect(client.header('Sec-WebSocket-Extensions')).toBe('permessage-deflate; server_no_context_takeover');
    const deflated = nodeCompression.deflater(15).deflate(CONNECT);
    await client.write(binary(deflated.subarray(0, deflated.length - 4), { rsv1: true }));
    const [answer] = client.frames;
    expect(answer?.rsv1).toBe(true);
    const whole = Buffer.concat([answer?.payload ?? MASK, Uint8Array.of(0, 0, 0xff, 0xff)]);
    expect(hex(nodeCompression.inflater(15).inflate(whole, 100))).toBe(CONNACK);
  });

  test('a bomb is stopped at the limit of a message', async () => {
    const client = new RawClient({ limits: { maximumPacketSize: 1_000 } });
    await client.write(request({ extensions: 'permessage-deflate' }));
    const deflated = nodeCompression.deflater(15).deflate(new Uint8Array(10_000_000));
    await client.write(binary(deflated.subarray(0, deflated.length - 4), { rsv1: true }));
    expect(client.seen).toEqual(['close 1009']);
  });
});

describe('variants of framing', () => {
  const session = [binary(Buffer.concat([CONNECT, PINGREQ]))];
  test.each([
    ['byte-per-frame', ['20', '02', '00', '00', 'd0', '00']],
    ['packet-per-frame', [CONNACK, 'd000']],
    ['fragmented-messages', ['2002', '0000', 'd000']],
  ] as const)('%s', async (name, payloads) => {
    const client = await opened({ variants: [name] });
    await client.write(...session);
    expect(client.frames.map((each) => hex(each.payload))).toEqual(payloads);
  });
});
