/** RFC 6455 §4.2.2 (4) and MQTT §6: which subprotocol the 101 names, and what a client gets that does not offer mqtt. */
import { defineCase, type CaseContext, type Exchange } from '#kit';

const FIELD = 'Sec-WebSocket-Protocol';

export const mqttSelected = defineCase({
  title: 'a client that offers mqtt gets mqtt',
  verifies: {
    '3.1.1': ['MQTT-6.0.0-4'],
    '5.0': ['MQTT-6.0.0-4'],
    transport: ['ws/subprotocol/mqtt-selected'],
  },
  caughtBy: ['no-subprotocol-in-answer', 'answers-other-subprotocol'],
  async run(t) {
    const exchange = await t.request();
    selects(t, exchange);
    await exchange.served();
  },
});

export const mqttInList = defineCase({
  title: 'mqtt is found in a list of subprotocols, wherever it stands, and answered alone',
  verifies: { transport: ['ws/subprotocol/mqtt-in-list'] },
  caughtBy: ['echoes-protocol-list', 'selects-first-offered', 'refuses-protocol-list'],
  rows: { first: ['mqtt', 'foo'], middle: ['foo', 'mqtt', 'bar'], last: ['foo', 'mqtt'], similar: ['mqttv5', 'mqtt'] },
  async run(t) {
    const exchange = await t.request({ protocols: t.row });
    selects(t, exchange);
    await exchange.served();
  },
});

export const listSpacing = defineCase({
  title: 'blanks and tabs around the names of subprotocols do not matter',
  verifies: { transport: ['ws/subprotocol/list-spacing'] },
  caughtBy: ['needs-tight-protocol-list'],
  rows: {
    blanks: 'foo ,mqtt , bar',
    tabs: 'foo,\tmqtt\t,bar',
    tight: 'foo,mqtt,bar',
  },
  async run(t) {
    const exchange = await t.request({ headers: { [FIELD]: t.row } });
    selects(t, exchange);
    await exchange.served();
  },
});

export const severalLines = defineCase({
  title: 'several fields of subprotocols are one list',
  verifies: { transport: ['ws/subprotocol/several-lines'] },
  caughtBy: ['reads-first-protocol-line-only'],
  rows: { first: ['mqtt', 'foo'], last: ['foo', 'mqtt'] },
  async run(t) {
    const exchange = await t.request({ headers: { [FIELD]: t.row } });
    selects(t, exchange);
    await exchange.served();
  },
});

export const duplicateNames = defineCase({
  title: 'a client that offers mqtt twice is served or refused',
  verifies: { transport: ['ws/subprotocol/duplicate-names'] },
  observes: ['clean', 'serves-repeated-subprotocol'],
  async run(t) {
    t.observe((await t.request({ protocols: ['mqtt', 'mqtt'] })).observation());
  },
});

export const notInvented = defineCase({
  title: 'a client that offers no subprotocol gets none',
  verifies: { transport: ['ws/subprotocol/none-not-invented'] },
  caughtBy: ['invents-subprotocol'],
  async run(t) {
    await t.connect();
    selectsNothing(t, await t.request({ protocols: [] }));
  },
});

export const unknownNotEchoed = defineCase({
  title: 'a client that offers only what nobody knows gets no subprotocol',
  verifies: { transport: ['ws/subprotocol/unknown-not-echoed'] },
  caughtBy: ['selects-first-offered'],
  rows: { one: ['foo'], several: ['foo', 'bar'] },
  async run(t) {
    await t.connect();
    selectsNothing(t, await t.request({ protocols: t.row }));
  },
});

export const onlyOffered = defineCase({
  title: 'the subprotocol selected is one of those that were offered',
  verifies: { transport: ['ws/subprotocol/only-offered'] },
  caughtBy: ['answers-other-subprotocol', 'echoes-protocol-list'],
  async run(t) {
    await t.roundTrip(await t.connect(), await t.connect());
    const offered = ['mqttv3.1', 'mqtt'];
    const exchange = await t.request({ protocols: offered });
    exchange.expectStatus((status) => status === 101, 'HTTP 101');
    const selected = exchange.value(FIELD);
    t.check(selected === undefined || offered.includes(selected), 'a subprotocol is selected that was not offered', {
      expected: `none, or one of ${offered.join(', ')}`,
      actual: selected ?? 'none',
    });
  },
});

export const noneOffered = defineCase({
  title: 'a client that offers no subprotocol is refused, or served',
  verifies: { transport: ['ws/subprotocol/none-acceptance', 'ws/subprotocol/accepted-then-served'] },
  observes: ['serves-without-subprotocol', 'silent-without-subprotocol'],
  async run(t) {
    t.observe(await service(t, await t.request({ protocols: [] })));
  },
});

export const unknownOffered = defineCase({
  title: 'a client that offers only what nobody knows is refused, or served',
  verifies: { transport: ['ws/subprotocol/unknown-acceptance', 'ws/subprotocol/accepted-then-served'] },
  observes: ['clean', 'serves-without-subprotocol'],
  async run(t) {
    t.observe(await service(t, await t.request({ protocols: ['foo'] })));
  },
});

export const mqttv31 = defineCase({
  title: 'mqttv3.1, the name of MQTT 3.1, is selected, left out or refused',
  verifies: { transport: ['ws/subprotocol/mqttv3.1'] },
  observes: ['clean', 'selects-mqttv3.1'],
  async run(t) {
    t.observe(selection(await t.request({ protocols: ['mqttv3.1'] })));
  },
});

export const capitals = defineCase({
  title: 'MQTT in capitals is selected, left out or refused',
  verifies: { transport: ['ws/subprotocol/case'] },
  observes: ['clean', 'serves-without-subprotocol'],
  async run(t) {
    t.observe(selection(await t.request({ protocols: ['MQTT'] })));
  },
});

export const emptyField = defineCase({
  title: 'an empty Sec-WebSocket-Protocol is refused by an HTTP error status',
  verifies: { transport: ['ws/subprotocol/empty-header'] },
  caughtBy: ['accepts-empty-protocol-list'],
  async run(t) {
    await t.connect();
    (await t.request({ headers: { [FIELD]: '' } })).refused();
  },
});

function selects(t: CaseContext<unknown>, exchange: Exchange): void {
  exchange.expectStatus((status) => status === 101, 'HTTP 101');
  const selected = exchange.value(FIELD) ?? 'no such field';
  t.check(selected === 'mqtt', `the answer selects ${selected}`, { expected: `${FIELD}: mqtt`, actual: selected });
}

function selectsNothing(t: CaseContext<unknown>, exchange: Exchange): void {
  const answered = exchange.status !== 0 || exchange.closed;
  t.check(answered, 'the request is not answered', { expected: 'an answer without the field, or the end' });
  const selected = exchange.value(FIELD);
  t.check(selected === undefined, `the answer selects ${selected ?? ''}`, { expected: `no ${FIELD}` });
}

function selection(exchange: Exchange): string {
  return `${exchange.observation()}, ${exchange.value(FIELD) ?? 'no subprotocol'} selected`;
}

/** Whether MQTT stands behind the 101: CONNACK, an end, or the silence that leaves a client waiting. */
async function service(t: CaseContext<unknown>, exchange: Exchange): Promise<string> {
  if (exchange.status !== 101) return exchange.observation();
  const { client } = exchange;
  await client.send(t.packet.connect({ clientId: client.id }));
  const answer = await client.link.take((event) => event.kind === 'packet', t.timing.replyMs);
  const seen = answer === undefined ? (client.link.ended ? 'closed' : 'silence: CONNECT is never answered') : 'CONNACK';
  return `${selection(exchange)}, then ${seen}`;
}
