/** RFC 6455 §4.2: what a server requires of an opening handshake, and what it answers to a correct one. */
import { defineCase, encodeBase64 } from '#kit';

export const acceptsValid = defineCase({
  title: 'a correct upgrade that offers mqtt is answered by 101',
  verifies: { transport: ['ws/upgrade/accepts-valid'] },
  caughtBy: ['refuses-every-upgrade'],
  async run(t) {
    (await t.request()).accepted();
  },
});

export const acceptKey = defineCase({
  title: 'Sec-WebSocket-Accept is computed from the key that was sent',
  verifies: { transport: ['ws/upgrade/accept-key'] },
  caughtBy: ['wrong-accept-key', 'no-accept-key'],
  rows: {
    'rfc-example': 'dGhlIHNhbXBsZSBub25jZQ==',
    'all-zero': encodeBase64(new Uint8Array(16)),
    'all-ones': encodeBase64(new Uint8Array(16).fill(255)),
  },
  async run(t) {
    (await t.request({ key: t.row })).accepted();
  },
});

export const acceptKeyOpaque = defineCase({
  title: 'the key goes into Sec-WebSocket-Accept as it was sent, not decoded and encoded again',
  verifies: { transport: ['ws/upgrade/accept-key-opaque'] },
  caughtBy: ['accept-from-decoded-key'],
  async run(t) {
    // The last character before the padding carries four unused bits.
    const exchange = await t.request({ key: 'dGhlIHNhbXBsZSBub25jZR==' });
    if (exchange.status === 101) exchange.accepted();
    else exchange.refused();
  },
});

export const answerFields = defineCase({
  title: 'the 101 has Upgrade: websocket and the token Upgrade in Connection',
  verifies: { transport: ['ws/upgrade/answer-upgrade-header', 'ws/upgrade/answer-connection-header'] },
  caughtBy: ['no-upgrade-in-answer', 'no-connection-in-answer'],
  async run(t) {
    (await t.request()).accepted();
  },
});

export const answerFieldsOnce = defineCase({
  title: 'no field of the 101 that must stand alone comes twice',
  verifies: { transport: ['ws/upgrade/single-answer-headers'] },
  caughtBy: ['answer-fields-twice'],
  async run(t) {
    (await t.request()).accepted();
  },
});

/** Requests that look unusual and are right. */
export const acceptsUnusual = defineCase({
  title: 'a request that is right though unusual is answered by 101',
  verifies: { transport: ['ws/upgrade/header-case'] },
  caughtBy: ['compares-header-case'],
  rows: {
    'upper-case-names': { UPGRADE: 'websocket', CONNECTION: 'Upgrade' },
    'lower-case-names': { upgrade: 'websocket', connection: 'upgrade' },
    'mixed-values': { Upgrade: 'WebSocket', Connection: 'upgrade' },
  },
  async run(t) {
    (await t.request({ headers: t.row })).accepted();
  },
});

export const connectionList = defineCase({
  title: 'Connection may list more tokens than Upgrade',
  verifies: { transport: ['ws/upgrade/connection-list'] },
  caughtBy: ['refuses-connection-list'],
  async run(t) {
    (await t.request({ headers: { Connection: 'keep-alive, Upgrade' } })).accepted();
  },
});

export const unknownHeaders = defineCase({
  title: 'fields that nobody knows are ignored',
  verifies: { transport: ['ws/upgrade/unknown-headers-ignored'] },
  caughtBy: ['refuses-unknown-headers'],
  async run(t) {
    (await t.request({ headers: { 'X-Mqttspec': 'unknown', 'Sec-WebSocket-Unknown': '1' } })).accepted();
  },
});

export const requestSegments = defineCase({
  title: 'a request that comes in many segments is answered by 101',
  verifies: { transport: ['ws/upgrade/request-segments'] },
  caughtBy: ['needs-request-in-one-segment'],
  async run(t) {
    (await t.request({ pieces: 7 })).accepted();
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
    const exchange = await t.request({ version: '12' });
    if (exchange.status < 300) t.skip('version 12 was not refused by an HTTP status');
    const versions = (exchange.value('Sec-WebSocket-Version') ?? '').split(',').map((version) => version.trim());
    t.check(versions.includes('13'), 'the refusal does not say which version is spoken', {
      expected: 'Sec-WebSocket-Version: 13',
      actual: exchange.value('Sec-WebSocket-Version') ?? 'no such field',
    });
  },
});

/** Requests that a server must not accept, each with one deviation. */
export const refusesDeviant = defineCase({
  title: 'a request that lacks what every upgrade needs is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/key-missing'] },
  caughtBy: ['accepts-missing-key', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  async run(t) {
    await t.connect();
    (await t.request({ headers: { 'Sec-WebSocket-Key': null } })).refused();
  },
});

export const methodPost = defineCase({
  title: 'an upgrade by POST is refused by an HTTP error status',
  verifies: { transport: ['ws/upgrade/method-post'] },
  caughtBy: ['accepts-post'],
  async run(t) {
    await t.connect();
    (await t.request({ method: 'POST' })).refused();
  },
});
