/** How TLS itself ends: with close_notify, and without. */
import { defineCase, message } from '#kit';

export const closeNotify = defineCase({
  title: 'an orderly end of the server begins with close_notify',
  verifies: { transport: ['tls/close/close-notify'] },
  caughtBy: ['no-close-notify'],
  needs: ['tls', 'raw-tls'],
  rows: { 'TLSv1.2': 'TLSv1.2', 'TLSv1.3': 'TLSv1.3' } as const,
  async run(t) {
    const admitted = await t.admission({ tellsEnding: true, minVersion: t.row, maxVersion: t.row });
    if (!admitted.isAccepted) return t.skip(`no connection of ${t.row}: ${admitted.how}`);
    const { client, tls } = admitted;
    client.link.endExpected = true;
    // A takeover: the server has to end the old connection itself, which other cases judge.
    await t.connect({ clientId: client.id });
    if ((await client.link.waitForEnd(t.timing.graceMs, true)) === undefined) return t.skip('the server ends nothing');
    const ending = tls?.ending();
    if (ending === undefined) return t.skip('the connection was reset, and what came with that is not seen');
    t.check(ending === 'close-notify', 'TCP is ended without close_notify', {
      expected: 'close_notify, then FIN',
      actual: 'FIN',
    });
  },
});

const WILL_KEYS = {
  '3.1.1': ['MQTT-3.1.2-8#on-network-failure'],
  '5.0': ['MQTT-3.1.2-8#on-network-failure'],
} as const;

export const truncated = defineCase({
  title: 'TCP that ends without close_notify is a network failure: the will is published',
  verifies: { transport: ['tls/close/truncation-will'], ...WILL_KEYS },
  caughtBy: ['will-lost-on-connection-loss'],
  needs: ['tls'],
  async run(t) {
    const watcher = await t.connect();
    await watcher.subscribe(t.topic('will'));
    const will = t.will(t.topic('will'), 'gone');
    const admitted = await t.admission({ heard: () => undefined, connect: { will } });
    const client = admitted.accepted();
    client.link.endExpected = true;
    admitted.tls?.finBeneath();
    await watcher.expect(message(t.topic('will'), 'gone'), {
      within: t.timing.graceMs,
      breaks: 'tls/close/truncation-will',
    });
  },
});

export const notifiedOnly = defineCase({
  title: 'close_notify without a Close frame or DISCONNECT is an end without DISCONNECT: the will is published',
  verifies: {
    transport: ['tls/close/notify-without-close'],
    '3.1.1': ['MQTT-3.1.2-8#on-close-without-disconnect'],
    '5.0': ['MQTT-3.1.2-8#on-close-without-disconnect'],
  },
  caughtBy: ['will-lost-on-connection-loss'],
  needs: ['tls'],
  async run(t) {
    const watcher = await t.connect();
    await watcher.subscribe(t.topic('will'));
    const client = await t.connect({ will: t.will(t.topic('will'), 'gone') });
    await client.fin();
    await watcher.expect(message(t.topic('will'), 'gone'), {
      within: t.timing.graceMs,
      breaks: 'tls/close/notify-without-close',
    });
  },
});

export const tickets = defineCase({
  title: 'sessions that can be resumed are offered, or not',
  verifies: { transport: ['tls/resumption/offered'] },
  observes: ['clean', 'gives-no-tickets'],
  needs: ['tls'],
  async run(t) {
    const first = await t.admission();
    first.accepted();
    const ticket = await first.ticket();
    if (ticket === undefined) return t.observe('none is offered');
    const second = await t.admission({ ticket });
    t.observe(`offered; ${second.tls?.reused === true ? 'resumed' : `not resumed (${second.how})`}`);
  },
});
