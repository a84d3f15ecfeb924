/** What a port of TLS answers to those who speak none, and a plain port to those who do. */
import { defineCase, encode, latin1Bytes, latin1Text, type CaseContext, type RawTls } from '#kit';

/** Waits for an answer or the end; both may take the server until its own time limit, so silence is no answer. */
async function answerTo(raw: RawTls, bytes: Uint8Array, what: string): Promise<void> {
  raw.send(bytes, what);
  await raw.until(() => raw.received.length > 0);
}

export const plainHttp = defineCase({
  title: 'an upgrade without TLS is not served on the port of WSS',
  verifies: { transport: ['tls/port/plain-http'] },
  caughtBy: ['serves-without-tls'],
  needs: ['tls'],
  over: 'websocket',
  async run(t) {
    await t.connect();
    const raw = await t.rawTls();
    const { host, port, path } = t.scope.instance.endpoint;
    const lines = [
      `GET ${path === '' ? '/' : path} HTTP/1.1`,
      `Host: ${host}:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Protocol: mqtt',
    ];
    await answerTo(raw, latin1Bytes(`${lines.join('\r\n')}\r\n\r\n`), `${lines[0]}, without TLS`);
    const [line = ''] = latin1Text(raw.received).split('\r\n');
    t.check(!line.startsWith('HTTP/1.1 101'), `the answer without TLS is ${line}`, {
      expected: 'no HTTP 101',
      actual: line,
    });
  },
});

async function connectWithoutTls(t: CaseContext): Promise<void> {
  await t.connect();
  const raw = await t.rawTls();
  // Without the credentials: what is sent here is readable by everybody.
  const { username: _username, password: _password, ...connect } = t.packet.connect();
  await answerTo(raw, encode(connect, t.version), 'CONNECT, without TLS');
  const CONNACK = 0x20;
  t.check(raw.received[0] !== CONNACK, 'a CONNACK comes without TLS', { expected: 'no CONNACK' });
}

export const plainMqtt = defineCase({
  title: 'a CONNECT without TLS is not served on a port of TLS',
  verifies: { transport: ['tls/port/plain-mqtt'] },
  caughtBy: ['serves-without-tls'],
  needs: ['tls'],
  over: 'tcp',
  run: connectWithoutTls,
});

export const mqttOnWss = defineCase({
  title: 'a CONNECT without TLS and without upgrade is not served on the port of WSS',
  verifies: { transport: ['tls/port/plain-mqtt'] },
  caughtBy: ['serves-mqtt-without-tls'],
  needs: ['tls'],
  over: 'websocket',
  run: connectWithoutTls,
});

export const helloOnPlain = defineCase({
  title: 'a ClientHello on the port of plain WebSocket is refused, ends the connection, or is served',
  verifies: { transport: ['tls/port/hello-on-plain'] },
  observes: ['clean', 'keeps-connection-after-refusal'],
  over: 'websocket',
  async run(t) {
    if (t.transport === 'wss') return t.skip('this port is one of TLS');
    const raw = await t.rawTls();
    await answerTo(raw, raw.helloOctets(), 'ClientHello');
    const [line = ''] = latin1Text(raw.received).split('\r\n');
    // A server that closes does so behind its answer.
    await raw.until(() => false, t.timing.settleMs + 50);
    const answer = line.startsWith('HTTP/') ? line : raw.print();
    t.observe(`${answer}, then ${raw.ended === undefined ? 'open' : 'closed'}`);
    await t.connect();
  },
});
