/** RFC 9110 and 9112: what a WebSocket port answers to requests that are no upgrade, or no correct one. */
import { defineCase, encode, ended, latin1Bytes } from '#kit';

export const plainGet = defineCase({
  title: 'a GET without upgrade is answered or ends the connection',
  verifies: { transport: ['ws/upgrade/plain-get'] },
  observes: ['clean', 'serves-a-page'],
  async run(t) {
    const nothing = { Upgrade: null, Connection: null, 'Sec-WebSocket-Key': null, 'Sec-WebSocket-Version': null };
    t.observe((await t.request({ headers: nothing, protocols: [] })).observation());
  },
});

export const otherRequests = defineCase({
  title: 'HEAD, OPTIONS and what browsers ask for beside are answered or end the connection',
  verifies: { transport: ['ws/upgrade/plain-head-options'] },
  observes: ['clean', 'serves-a-page'],
  rows: { head: 'HEAD / HTTP/1.1', options: 'OPTIONS * HTTP/1.1', favicon: 'GET /favicon.ico HTTP/1.1' },
  async run(t) {
    const exchange = await t.request({ bytes: latin1Bytes(`${t.row}\r\nHost: mqttspec.invalid\r\n\r\n`) });
    t.observe(exchange.observation());
    await t.connect();
  },
});

export const upgradeList = defineCase({
  title: 'websocket beside another protocol in Upgrade is accepted or refused',
  verifies: { transport: ['ws/upgrade/upgrade-list'] },
  observes: ['clean', 'refuses-upgrade-list'],
  async run(t) {
    t.observe((await t.request({ headers: { Upgrade: 'foo, websocket' } })).observation());
  },
});

export const foldedHeader = defineCase({
  title: 'a folded field is refused or unfolded',
  verifies: { transport: ['ws/upgrade/folded-header'] },
  observes: ['clean', 'unfolds-headers'],
  async run(t) {
    t.observe((await t.request({ rawLines: ['X-Mqttspec: one', ' two'] })).observation());
  },
});

export const bareLf = defineCase({
  title: 'lines that end in LF alone are refused or accepted',
  verifies: { transport: ['ws/upgrade/bare-lf'] },
  observes: ['clean', 'reads-bare-lf'],
  async run(t) {
    t.observe((await t.request({ lineEnd: '\n' })).observation());
  },
});

export const headerHuge = defineCase({
  title: 'a huge head is refused, accepted or ends the connection, and the next client is served',
  verifies: { transport: ['ws/upgrade/header-huge'] },
  observes: ['clean', 'limits-requests'],
  rows: {
    '8-kib': { fields: 1, length: 8192 },
    '64-kib': { fields: 8, length: 8192 },
    '1000-fields': { fields: 1000, length: 1 },
  },
  async run(t) {
    const { fields, length } = t.row;
    const names = Array.from({ length: fields }, (_, index) => [`X-Mqttspec-${index}`, 'h'.repeat(length)] as const);
    t.observe((await t.request({ headers: Object.fromEntries(names) })).observation());
    await t.connect();
  },
});

export const secondRequest = defineCase({
  title: 'behind a refused upgrade a good one is accepted, or the connection was closed',
  verifies: { transport: ['ws/upgrade/second-request-on-connection'] },
  observes: ['clean', 'keeps-connection-after-refusal'],
  async run(t) {
    const first = await t.request({ headers: { 'Sec-WebSocket-Key': null } });
    if (first.status < 300) return t.observe(first.observation());
    // A server that closes does so behind its answer.
    await first.client.link.waitForEnd(t.timing.settleMs + 50);
    t.observe(`${first.observation()}, then ${(await first.again()).observation()}`);
  },
});

export const pipelined = defineCase({
  title: 'a request and an upgrade in one segment are answered in order, or the connection is closed',
  verifies: { transport: ['ws/upgrade/pipelined-request'] },
  observes: ['clean', 'keeps-connection-after-refusal'],
  async run(t) {
    const first = await t.request({ ahead: latin1Bytes('GET / HTTP/1.1\r\nHost: mqttspec.invalid\r\n\r\n') });
    t.observe(`${first.observation()}, then ${(await first.next()).observation()}`);
  },
});

export const proxyLine = defineCase({
  title: 'a line of the PROXY protocol before the request is read, or refused',
  verifies: { transport: ['ws/upgrade/proxy-protocol'] },
  observes: ['clean', 'reads-proxy-line'],
  rows: {
    'version-1': 'PROXY TCP4 192.0.2.1 192.0.2.2 50000 80\r\n',
    'version-2': '\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\xc3\x50\0\x50',
  },
  async run(t) {
    t.observe((await t.request({ ahead: latin1Bytes(t.row) })).observation());
    await t.connect();
  },
});

export const mqttWithoutUpgrade = defineCase({
  title: 'MQTT without an upgrade is refused or served',
  verifies: { transport: ['ws/upgrade/mqtt-without-upgrade'] },
  observes: ['clean', 'mqtt-without-upgrade'],
  async run(t) {
    // Without the credentials: they are nobody's business on a port that speaks HTTP.
    const { username: _username, password: _password, ...connect } = t.packet.connect();
    const exchange = await t.request({ bytes: encode(connect, t.version) });
    const CONNACK = 0x20;
    t.observe(exchange.octets[0] === CONNACK ? 'answered by CONNACK' : exchange.observation());
    await t.connect();
  },
});

export const onTcpPort = defineCase({
  title: 'an HTTP request on the port of plain MQTT is no CONNECT: the connection ends',
  verifies: { transport: ['ws/upgrade/http-on-tcp-port'] },
  caughtBy: ['stays-open-after-mqtt-error'],
  needs: ['tcp-listener'],
  over: 'tcp',
  async run(t) {
    await t.roundTrip(await t.connect(), await t.connect());
    const { client, status } = await t.request();
    if (status === 101) t.skip('this port serves WebSocket too');
    await client.expect(ended());
  },
});
