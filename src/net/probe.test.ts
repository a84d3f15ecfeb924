import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { realClock, seededRandom, sha1 } from '#io';
import { acceptKey, encode, encodeFrame } from '#wire';
import { parseTarget, type TargetInput } from '#target';
import type { MqttVersion } from '#spec';
import { socketDial } from './dial.ts';
import { probe, type ProbeResult } from './probe.ts';
import { SELF_SIGNED } from './testing/self-signed.ts';
import { tinyServer } from './testing/tiny-server.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type Scheme = 'ws' | 'wss' | 'mqtt' | 'mqtts';
interface Probing extends Partial<TargetInput> {
  readonly scheme?: Scheme;
  readonly path?: string;
  readonly version?: MqttVersion;
  readonly server?: TlsOptions;
}

/** Starts a server that does this, and probes it. */
async function probed(serve: (socket: Socket) => void, options: Probing = {}): Promise<ProbeResult & { port: number }> {
  const { scheme = 'ws', path = '/mqtt', version = '5.0', server, ...input } = options;
  const tiny = await tinyServer(serve, server);
  open.push(tiny);
  const url = `${scheme}://127.0.0.1:${tiny.port}${scheme.startsWith('ws') ? path : ''}`;
  const target = parseTarget({ url, ...input });
  const clock = realClock();
  const result = await probe(target.endpoints[0], {
    dial: socketDial(target, clock),
    clock,
    random: seededRandom('probe'),
    signal: AbortSignal.timeout(5_000),
    version,
    credentials: target.credentials,
    headers: target.headers,
    clientId: 'probe',
    within: 150,
  });
  return { ...result, port: tiny.port };
}

const failureOf = (result: ProbeResult & { port: number }) => {
  if (result.ok) throw new Error('it took it for a broker');
  const words = (text: string): string => text.replaceAll(String(result.port), 'PORT');
  return { ...result.failure, sentence: words(result.failure.sentence), tries: result.failure.tries.map(words) };
};

const http = (head: string) => (socket: Socket) =>
  void socket.once('data', () => socket.end(`HTTP/1.1 ${head}\r\n\r\n`));

/** Opens the WebSocket by the book, then does this with each delivery. */
const upgraded = (then: (socket: Socket, bytes: Uint8Array) => void) => (socket: Socket) => {
  let done = false;
  socket.on('data', (bytes: Buffer) => {
    if (done) return then(socket, bytes);
    done = true;
    const key = /^Sec-WebSocket-Key: (.*)\r$/im.exec(bytes.toString('latin1'))?.[1] ?? '';
    const lines = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptKey(key, sha1)}`];
    socket.write(
      ['HTTP/1.1 101 Switching Protocols', ...lines, 'Sec-WebSocket-Protocol: mqtt', 'Server: tiny', '', ''].join(
        '\r\n',
      ),
    );
  });
};

const frame = (payload: Uint8Array, opcode = 2): Uint8Array => encodeFrame({ opcode, payload });
const connack = (reasonCode: number, version: MqttVersion = '5.0'): Uint8Array =>
  encode({ type: 'CONNACK', sessionPresent: false, reasonCode }, version);

describe('probe: a broker', () => {
  it('is told with subprotocol, name and round trip', async () => {
    const result = await probed(upgraded((socket) => socket.write(frame(connack(0)))));
    expect(result).toMatchObject({
      ok: true,
      version: '5.0',
      subprotocol: 'mqtt',
      server: 'tiny',
      connack: { reasonCode: 0 },
    });
  });

  it('is told over TCP', async () => {
    const serve = (socket: Socket): void => void socket.once('data', () => socket.write(connack(0, '3.1.1')));
    expect(await probed(serve, { scheme: 'mqtt', version: '3.1.1' })).toMatchObject({ ok: true, version: '3.1.1' });
  });

  it('is told over TLS', async () => {
    const serve = upgraded((socket) => socket.write(frame(connack(0))));
    const result = await probed(serve, { scheme: 'wss', server: SELF_SIGNED, tls: { ca: [SELF_SIGNED.cert] } });
    expect(result).toMatchObject({ ok: true, tls: { protocol: 'TLSv1.3' } });
  });

  it('gets the headers that were asked for', async () => {
    let request = '';
    const serve = (socket: Socket): void =>
      void socket.once('data', (bytes) => socket.end((request = bytes.toString('latin1')) && ''));
    await probed(serve, { headers: ['Authorization: Bearer geheim'] });
    expect(request).toContain('\r\nAuthorization: Bearer geheim\r\n');
  });
});

describe('probe: the faces of HTTP', () => {
  it.each([
    ['404 Not Found', 'http-status', 404, 'mqttspec run ws://127.0.0.1:PORT/ws'],
    ['401 Unauthorized', 'http-status', 401, `the upgrade needs credentials: --header 'Authorization: Bearer …'`],
    [
      '403 Forbidden',
      'http-status',
      403,
      `the listener may admit listed origins only: --header 'Origin: https://app.example'`,
    ],
    [
      '301 Moved\r\nLocation: https://127.0.0.1/mqtt?token=x',
      'http-status',
      301,
      'mqttspec run wss://127.0.0.1/mqtt?token=***',
    ],
    ['302 Found\r\nLocation: /ws', 'http-status', 302, 'mqttspec run ws://127.0.0.1:PORT/ws'],
    [
      '426 Upgrade Required',
      'http-status',
      426,
      'the server wants another protocol; is there a proxy in front that does not pass Upgrade on?',
    ],
    [
      '503 Service Unavailable',
      'http-status',
      503,
      'a proxy answered, but the broker behind it does not: start the broker, then repeat the command',
    ],
  ])('%s', async (head, face, status, first) => {
    const failure = failureOf(await probed(http(head)));
    expect(failure).toMatchObject({ face, status });
    expect(failure.tries[0]).toBe(first);
    const line = head.split('\r\n')[0];
    expect(failure.sentence).toBe(
      `ws://127.0.0.1:PORT/mqtt answered the WebSocket upgrade with HTTP ${line} instead of 101`,
    );
  });

  it('lets no control character of the server through', async () => {
    expect(failureOf(await probed(http('404 \x1b[31mred'))).sentence).not.toContain('\x1b');
  });
});

describe('probe: other faces', () => {
  it.each<[string, (socket: Socket) => void, Probing, string, string]>([
    ['closes at once', (socket) => socket.end(), {}, 'closed-without-http', 'mqttspec run mqtt://127.0.0.1:PORT'],
    ['says nothing', () => undefined, {}, 'silent-without-http', 'mqttspec run mqtt://127.0.0.1:PORT'],
    ['greets by SSH', (socket) => socket.write('SSH-2.0-x\r\n'), {}, 'not-http', 'mqttspec run mqtt://127.0.0.1:PORT'],
    [
      'wants TLS',
      (socket) => socket.end(Buffer.from('15030100020228', 'hex')),
      {},
      'tls-on-plain-url',
      'mqttspec run wss://127.0.0.1:PORT/mqtt',
    ],
    [
      'wants TLS over TCP',
      (socket) => socket.end(Buffer.from('15030100020228', 'hex')),
      { scheme: 'mqtt' },
      'tls-on-plain-url',
      'mqttspec run mqtts://127.0.0.1:PORT',
    ],
    [
      'closes after 101',
      upgraded((socket) => socket.end()),
      {},
      'closed-after-101',
      'perhaps it speaks another version: --mqtt 3.1.1',
    ],
    [
      'sends Close after 101',
      upgraded((socket) => socket.end(frame(Uint8Array.of(3, 0xea), 8))),
      {},
      'closed-after-101',
      'perhaps it speaks another version: --mqtt 3.1.1',
    ],
    ['is silent after 101', upgraded(() => undefined), {}, 'silent-after-101', 'mqttspec run ws://127.0.0.1:PORT/ws'],
    [
      'talks text after 101',
      upgraded((socket) => socket.write(frame(Buffer.from('{"hello":1}'), 1))),
      {},
      'not-mqtt',
      'mqttspec run ws://127.0.0.1:PORT/ws',
    ],
    ['echoes', upgraded((socket, bytes) => socket.write(bytes)), {}, 'not-mqtt', 'mqttspec run ws://127.0.0.1:PORT/ws'],
    [
      'answers with PINGRESP',
      upgraded((socket) => socket.write(frame(Uint8Array.of(0xd0, 0)))),
      {},
      'not-mqtt',
      'mqttspec run ws://127.0.0.1:PORT/ws',
    ],
    [
      'speaks HTTP to MQTT',
      http('400 Bad Request'),
      { scheme: 'mqtt' },
      'http-on-mqtt-port',
      'mqttspec run ws://127.0.0.1:PORT/mqtt',
    ],
    [
      'closes TCP without CONNACK',
      (socket) => socket.once('data', () => socket.end()),
      { scheme: 'mqtt' },
      'closed-without-connack',
      'perhaps it speaks another version: --mqtt 3.1.1',
    ],
    [
      'is silent over TCP',
      () => undefined,
      { scheme: 'mqtt' },
      'silent-without-connack',
      'mqttspec run mqtts://127.0.0.1:PORT',
    ],
    [
      'speaks no TLS',
      http('400 Bad Request'),
      { scheme: 'wss' },
      'tls-not-spoken',
      'mqttspec run ws://127.0.0.1:PORT/mqtt',
    ],
    [
      'has a certificate of its own',
      () => undefined,
      { scheme: 'wss', server: SELF_SIGNED },
      'tls-untrusted',
      'name the authority: --cacert ca.pem',
    ],
    [
      'wants a client certificate',
      () => undefined,
      { scheme: 'wss', server: { ...SELF_SIGNED, requestCert: true }, tls: { insecure: true } },
      'tls-alert',
      'give a client certificate that the broker trusts: --cert client.pem --key client.key',
    ],
  ])('%s', async (_name, serve, options, face, first) => {
    const failure = failureOf(await probed(serve, options));
    expect({ face: failure.face, first: failure.tries[0] }).toEqual({ face, first });
  });

  it('tells a Close frame by its code', async () => {
    const { sentence } = failureOf(await probed(upgraded((socket) => socket.end(frame(Uint8Array.of(3, 0xea), 8)))));
    expect(sentence).toBe(
      'ws://127.0.0.1:PORT/mqtt opened a WebSocket (101) but closed it (a Close frame with code 1002) instead of answering CONNECT (MQTT 5.0)',
    );
  });
});

describe('probe: a refusing CONNACK', () => {
  it.each<[number, MqttVersion, Partial<TargetInput>, string, string]>([
    [0x87, '5.0', {}, '0x87 (Not authorized)', 'the broker needs credentials: --username … --password-file FILE'],
    [
      0x86,
      '5.0',
      { username: 'a' },
      '0x86 (Bad User Name or Password)',
      'the broker does not take these credentials: check --username and --password-file',
    ],
    [0x84, '5.0', {}, '0x84 (Unsupported Protocol Version)', 'the broker does not speak MQTT 5.0: --mqtt 3.1.1'],
    [5, '3.1.1', {}, '0x05 (Not authorized)', 'the broker needs credentials: --username … --password-file FILE'],
    [
      0x85,
      '5.0',
      {},
      '0x85 (Client Identifier not valid)',
      'the broker wants client ids of another form: --client-id-prefix …',
    ],
  ])('%i at %s', async (code, version, input, shown, first) => {
    const serve = upgraded((socket) => socket.end(frame(connack(code, version))));
    const failure = failureOf(await probed(serve, { version, ...input }));
    expect(failure).toMatchObject({ face: 'connack-refused', reasonCode: code });
    expect(failure.sentence.toLowerCase()).toContain(shown.toLowerCase());
    expect(failure.tries[0]).toBe(first);
  });
});
