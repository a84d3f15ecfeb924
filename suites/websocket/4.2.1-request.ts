/** RFC 6455 §4.2.1: which requests a server must accept, and which it must refuse, with one deviation each. */
import { defineCase } from '#kit';

export const headerCase = defineCase({
  title: 'names of fields, websocket and Upgrade are compared without regard to case',
  verifies: { transport: ['ws/upgrade/header-case'] },
  caughtBy: ['compares-header-case'],
  rows: {
    'upper-case-names': { UPGRADE: 'websocket', CONNECTION: 'Upgrade' },
    'lower-case-names': { upgrade: 'websocket', connection: 'upgrade' },
    'mixed-values': { Upgrade: 'WebSocket', Connection: 'upgrade' },
  },
  async run(t) {
    await (await t.request({ headers: t.row })).served();
  },
});

export const connectionList = defineCase({
  title: 'Connection may list more tokens than Upgrade',
  verifies: { transport: ['ws/upgrade/connection-list'] },
  caughtBy: ['refuses-connection-list'],
  rows: { before: 'keep-alive, Upgrade', behind: 'Upgrade, keep-alive', tight: 'keep-alive,Upgrade' },
  async run(t) {
    await (await t.request({ headers: { Connection: t.row } })).served();
  },
});

export const unknownFields = defineCase({
  title: 'fields that nobody knows are ignored',
  verifies: { transport: ['ws/upgrade/unknown-headers-ignored'] },
  caughtBy: ['refuses-unknown-headers'],
  rows: {
    invented: { 'X-Mqttspec': 'unknown', 'Sec-WebSocket-Unknown': '1' },
    proxies: { 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'https' },
    cookie: { Cookie: 'mqttspec=1' },
    authorization: { Authorization: 'Bearer mqttspec' },
  },
  async run(t) {
    const exchange = await t.request({ headers: t.row });
    // A server that knows the field is free to judge it.
    if ([401, 403].includes(exchange.status)) t.skip(`the server looks at ${Object.keys(t.row).join()}`);
    await exchange.served();
  },
});

export const segments = defineCase({
  title: 'a request that comes in many segments is answered by 101',
  verifies: { transport: ['ws/upgrade/request-segments'] },
  caughtBy: ['needs-request-in-one-segment'],
  rows: { 'byte-by-byte': 1, 'seven-bytes': 7 },
  async run(t) {
    await (await t.request({ pieces: t.row })).served();
  },
});

export const absoluteTarget = defineCase({
  title: 'the request target may be an absolute URI',
  verifies: { transport: ['ws/upgrade/absolute-target'] },
  caughtBy: ['refuses-absolute-target'],
  async run(t) {
    const { host, port, path } = t.scope.instance.endpoint;
    const scheme = t.transport === 'wss' ? 'https' : 'http';
    const name = host.includes(':') ? `[${host}]` : host;
    await (await t.request({ target: `${scheme}://${name}:${port}${path}` })).served();
  },
});

export const version12 = defineCase({
  title: 'an upgrade to WebSocket version 12 is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/version-12-refused'] },
  caughtBy: ['accepts-version-12', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  async run(t) {
    await t.connect();
    (await t.request({ version: '12' })).refused();
  },
});

export const version12Header = defineCase({
  title: 'the refusal of a version names version 13',
  verifies: { transport: ['ws/upgrade/version-12-header'] },
  caughtBy: ['no-version-in-refusal'],
  async run(t) {
    await t.connect();
    const exchange = await t.request({ version: '12' });
    if (exchange.status < 300) t.skip('version 12 was not refused by an HTTP status');
    const versions = (exchange.value('Sec-WebSocket-Version') ?? '').split(',').map((version) => version.trim());
    t.check(versions.includes('13'), 'the refusal does not say which version is spoken', {
      expected: 'Sec-WebSocket-Version: 13',
      actual: exchange.value('Sec-WebSocket-Version') ?? 'no such field',
    });
  },
});

export const versionMissing = defineCase({
  title: 'an upgrade without Sec-WebSocket-Version is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/version-missing'] },
  caughtBy: ['accepts-missing-version', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  async run(t) {
    await t.connect();
    (await t.request({ headers: { 'Sec-WebSocket-Version': null } })).refused();
  },
});

export const versionTwice = defineCase({
  title: 'two values of Sec-WebSocket-Version are refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/version-twice'] },
  caughtBy: ['accepts-two-versions'],
  rows: { 'two-fields': ['13', '12'], list: ['13, 12'] },
  async run(t) {
    await t.connect();
    (await t.request({ headers: { 'Sec-WebSocket-Version': t.row } })).refused();
  },
});

export const keyMissing = defineCase({
  title: 'an upgrade without Sec-WebSocket-Key is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/key-missing'] },
  caughtBy: ['accepts-missing-key', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  async run(t) {
    await t.connect();
    (await t.request({ headers: { 'Sec-WebSocket-Key': null } })).refused();
  },
});

export const keyShort = defineCase({
  title: 'a key that does not decode to 16 bytes is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/key-short'] },
  caughtBy: ['accepts-short-key'],
  rows: { 'eight-bytes': 'AAECAwQFBgc=', 'seventeen-bytes': 'AAECAwQFBgcICQoLDA0ODxA=', empty: '' },
  async run(t) {
    await t.connect();
    (await t.request({ key: t.row })).refused();
  },
});

export const keyNotBase64 = defineCase({
  title: 'a key that is not base64 is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/key-not-base64'] },
  caughtBy: ['accepts-key-not-base64'],
  rows: { 'foreign-character': 'dGhlIHNhbXBsZSBub25j!Q==', 'no-padding': 'dGhlIHNhbXBsZSBub25jZQ' },
  async run(t) {
    await t.connect();
    (await t.request({ key: t.row })).refused();
  },
});

export const keyTwice = defineCase({
  title: 'two Sec-WebSocket-Key fields are refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/key-twice'] },
  caughtBy: ['accepts-two-keys'],
  async run(t) {
    await t.connect();
    const keys = ['dGhlIHNhbXBsZSBub25jZQ==', 'AAECAwQFBgcICQoLDA0ODw=='];
    (await t.request({ headers: { 'Sec-WebSocket-Key': keys } })).refused();
  },
});

export const methodPost = defineCase({
  title: 'an upgrade by another method than GET is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/method-post'] },
  caughtBy: ['accepts-post', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  rows: { post: 'POST', put: 'PUT' },
  async run(t) {
    await t.connect();
    (await t.request({ method: t.row, headers: { 'Content-Length': '0' } })).refused();
  },
});

export const http10 = defineCase({
  title: 'an upgrade by HTTP/1.0 is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/http-1.0'] },
  caughtBy: ['accepts-http-1.0', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  async run(t) {
    await t.connect();
    (await t.request({ httpVersion: 'HTTP/1.0' })).refused();
  },
});

export const hostMissing = defineCase({
  title: 'an upgrade without Host is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/host-missing'] },
  caughtBy: ['accepts-missing-host', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  async run(t) {
    await t.connect();
    (await t.request({ headers: { Host: null } })).refused();
  },
});

export const connectionMissing = defineCase({
  title: 'a request without Connection: Upgrade is answered, and not by 101',
  verifies: { transport: ['ws/upgrade/connection-missing'] },
  caughtBy: ['accepts-missing-connection', 'closes-without-status'],
  rows: { absent: null, 'another-token': 'keep-alive' },
  async run(t) {
    await t.connect();
    const exchange = await t.request({ headers: { Connection: t.row } });
    exchange.expectStatus((status) => status !== 101 && status !== 0, 'any HTTP answer but 101');
  },
});

export const upgradeMissing = defineCase({
  title: 'a request without Upgrade: websocket is answered, and not by 101',
  verifies: { transport: ['ws/upgrade/upgrade-missing'] },
  caughtBy: ['accepts-missing-upgrade', 'closes-without-status'],
  rows: { absent: null, 'another-protocol': 'h2c' },
  async run(t) {
    await t.connect();
    const exchange = await t.request({ headers: { Upgrade: t.row } });
    exchange.expectStatus((status) => status !== 101 && status !== 0, 'any HTTP answer but 101');
  },
});

export const spaceBeforeColon = defineCase({
  title: 'a blank between the name of a field and its colon is refused by 400',
  verifies: { transport: ['ws/upgrade/header-space-before-colon'] },
  caughtBy: ['accepts-space-before-colon', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  async run(t) {
    await t.connect();
    const exchange = await t.request({ headers: { Upgrade: null }, rawLines: ['Upgrade : websocket'] });
    exchange.expectStatus((status) => status === 400, 'HTTP 400');
  },
});
