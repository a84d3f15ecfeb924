/** RFC 6455 §4.2.2 (4): which resource is asked for, and whether it is served. */
import { defineCase } from '#kit';

export const enforced = defineCase({
  title: 'a listener that is bound to one path does not serve others',
  verifies: { transport: ['ws/upgrade/path-enforced'] },
  caughtBy: ['serves-every-path'],
  needs: ['path-bound'],
  rows: { other: '/mqttspec-not-served', longer: 'longer' },
  async run(t) {
    await t.connect();
    const { path } = t.scope.instance.endpoint;
    const target = t.row === 'longer' ? `${path}-mqttspec` : t.row;
    (await t.request({ target })).notAccepted();
  },
});

export const unavailableStatus = defineCase({
  title: 'a path that is not served is refused by a 4xx status',
  verifies: { transport: ['ws/upgrade/unavailable-path-status'] },
  caughtBy: ['serves-every-path', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  needs: ['path-bound'],
  async run(t) {
    await t.connect();
    const exchange = await t.request({ target: '/mqttspec-not-served' });
    exchange.expectStatus((status) => status >= 400 && status < 500, 'a 4xx status (404 preferred)');
  },
});

export const queryString = defineCase({
  title: 'a path with a query is served, or not found',
  verifies: { transport: ['ws/upgrade/query-string'] },
  observes: ['clean', 'refuses-query'],
  async run(t) {
    t.observe((await t.request({ target: `${t.scope.instance.endpoint.path}?x=1` })).observation());
  },
});

export const percentEncoding = defineCase({
  title: 'a path whose letters are percent-encoded is served, or not found',
  verifies: { transport: ['ws/upgrade/path-encoding'] },
  observes: ['clean', 'decodes-path'],
  async run(t) {
    const { path } = t.scope.instance.endpoint;
    const target = path.replace(/[A-Za-z]/, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
    if (target === path) t.skip(`the path ${path} has no letter to encode`);
    t.observe((await t.request({ target, speaksMqtt: false })).observation());
  },
});

export const long = defineCase({
  title: 'a path of 8 KiB is refused, served or ends the connection, and the next client is served',
  verifies: { transport: ['ws/upgrade/path-long'] },
  observes: ['clean', 'limits-requests'],
  async run(t) {
    t.observe((await t.request({ target: `/${'p'.repeat(8192)}`, speaksMqtt: false })).observation());
    await t.connect();
  },
});
