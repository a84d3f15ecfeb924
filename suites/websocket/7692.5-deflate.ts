/** RFC 7692 §5, §7.1: how permessage-deflate is agreed. Who declines it is right; then nothing else is asked here. */
import { defineCase, type CaseContext } from '#kit';

const FIELD = 'Sec-WebSocket-Extensions';
const PLAIN = 'permessage-deflate';

export const declinedOrLegal = defineCase({
  title: 'an offer of permessage-deflate is declined, or answered with legal parameters',
  verifies: { transport: ['ws/deflate/declined-or-legal'] },
  caughtBy: ['echoes-extensions'],
  rows: {
    plain: PLAIN,
    browsers: `${PLAIN}; client_max_window_bits`,
    'all-parameters': `${PLAIN}; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12; client_max_window_bits=12`,
    'quoted-value': `${PLAIN}; server_max_window_bits="12"`,
  },
  async run(t) {
    await (await t.request({ extensions: t.row })).served();
  },
});

export const noClientWindowUnoffered = defineCase({
  title: 'client_max_window_bits is not answered unless it was offered',
  verifies: { transport: ['ws/deflate/no-client-window-unoffered'] },
  caughtBy: ['deflate-limits-client-unasked'],
  needs: ['deflate'],
  async run(t) {
    const exchange = await t.request({ extensions: PLAIN });
    if (exchange.status === 101 && exchange.value(FIELD) === undefined) t.skip('permessage-deflate is declined');
    await exchange.served();
  },
});

export const serverWindowHonoured = defineCase({
  title: 'server_max_window_bits is declined, or answered with as much or less',
  verifies: { transport: ['ws/deflate/server-window-honoured'] },
  caughtBy: ['deflate-ignores-server-limits'],
  needs: ['deflate'],
  rows: { '9': 9, '10': 10, '11': 11, '12': 12, '13': 13, '14': 14, '15': 15 },
  async run(t) {
    await needsDeflate(t);
    await (await t.request({ extensions: `${PLAIN}; server_max_window_bits=${t.row}` })).served();
  },
});

export const serverNoTakeoverHonoured = defineCase({
  title: 'server_no_context_takeover is declined, or answered by itself',
  verifies: { transport: ['ws/deflate/server-no-takeover-honoured'] },
  caughtBy: ['deflate-ignores-server-limits'],
  needs: ['deflate'],
  async run(t) {
    await needsDeflate(t);
    await (await t.request({ extensions: `${PLAIN}; server_no_context_takeover` })).served();
  },
});

export const unknownParameter = defineCase({
  title: 'an offer with an unknown parameter is declined',
  verifies: { transport: ['ws/deflate/unknown-parameter'] },
  caughtBy: ['deflate-unknown-parameter-accepted'],
  needs: ['deflate'],
  rows: { value: `${PLAIN}; x=1`, bare: `${PLAIN}; x_mqttspec`, behind: `${PLAIN}; server_no_context_takeover; x=1` },
  async run(t) {
    await needsDeflate(t);
    await declines(t, t.row);
  },
});

export const badValue = defineCase({
  title: 'an offer with a bad value is declined',
  verifies: { transport: ['ws/deflate/bad-value'] },
  caughtBy: ['deflate-bad-value-accepted'],
  needs: ['deflate'],
  rows: {
    'server-window-99': `${PLAIN}; server_max_window_bits=99`,
    'server-window-16': `${PLAIN}; server_max_window_bits=16`,
    'server-window-7': `${PLAIN}; server_max_window_bits=7`,
    'server-window-leading-zero': `${PLAIN}; server_max_window_bits=010`,
    'server-window-word': `${PLAIN}; server_max_window_bits=ten`,
    'server-window-absent': `${PLAIN}; server_max_window_bits`,
    'client-window-16': `${PLAIN}; client_max_window_bits=16`,
    'client-window-7': `${PLAIN}; client_max_window_bits=7`,
    'server-takeover-value': `${PLAIN}; server_no_context_takeover=1`,
    'client-takeover-value': `${PLAIN}; client_no_context_takeover=true`,
  },
  async run(t) {
    await needsDeflate(t);
    await declines(t, t.row);
  },
});

export const repeatedParameter = defineCase({
  title: 'an offer with a repeated parameter is declined',
  verifies: { transport: ['ws/deflate/repeated-parameter'] },
  caughtBy: ['deflate-repeated-parameter-accepted'],
  needs: ['deflate'],
  rows: {
    window: `${PLAIN}; server_max_window_bits=10; server_max_window_bits=10`,
    'two-windows': `${PLAIN}; server_max_window_bits=10; server_max_window_bits=11`,
    takeover: `${PLAIN}; server_no_context_takeover; server_no_context_takeover`,
    'client-window': `${PLAIN}; client_max_window_bits; client_max_window_bits=10`,
  },
  async run(t) {
    await needsDeflate(t);
    await declines(t, t.row);
  },
});

export const secondOffer = defineCase({
  title: 'where the first offer cannot be met, the second is accepted, or both are declined',
  verifies: { transport: ['ws/deflate/second-offer'] },
  observes: ['clean', 'reads-first-offer-only'],
  needs: ['deflate'],
  async run(t) {
    const exchange = await t.request({ extensions: `${PLAIN}; x=1, ${PLAIN}` });
    const answer = exchange.value(FIELD);
    t.observe(`${exchange.observation()}, ${answer === undefined ? 'both offers declined' : `answered ${answer}`}`);
  },
});

/** A server that takes no offer at all proves nothing by declining a bad one. */
async function needsDeflate(t: CaseContext<unknown>): Promise<void> {
  const client = await t.connect({ upgrade: { extensions: PLAIN } });
  if (client.deflation === undefined) t.skip('permessage-deflate is declined');
}

/** An answer without the extension; who refuses the whole handshake has declined as well. */
async function declines(t: CaseContext<unknown>, extensions: string): Promise<void> {
  const exchange = await t.request({ extensions });
  if (exchange.status >= 300) return;
  exchange.expectStatus((status) => status === 101, 'HTTP 101 without the extension');
  const answer = exchange.value(FIELD);
  t.check(answer === undefined, 'the offer is accepted', { expected: `no ${FIELD}`, actual: answer ?? 'none' });
}
