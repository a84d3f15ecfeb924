/** RFC 6455 §10.2: which pages may connect. */
import { defineCase, type CaseContext } from '#kit';

const FOREIGN = 'https://mqttspec-not-allowed.invalid';

export const absent = defineCase({
  title: 'a request without Origin, or with the origin null, is admitted or refused',
  verifies: { transport: ['ws/origin/missing', 'ws/origin/null'] },
  observes: ['clean', 'admits-null-origin'],
  rows: { missing: null, null: 'null' },
  async run(t) {
    t.observe((await t.request({ headers: { Origin: t.row } })).observation());
  },
});

export const denied = defineCase({
  title: 'a listener that admits listed origins keeps others out',
  verifies: { transport: ['ws/origin/denied'] },
  caughtBy: ['ignores-origin-list'],
  needs: ['origin-list'],
  rows: { foreign: FOREIGN, longer: 'longer' },
  async run(t) {
    await t.connect();
    const origin = t.row === 'longer' ? `${listedOrigin(t)}.mqttspec.invalid` : t.row;
    (await t.request({ headers: { Origin: origin } })).notAccepted();
  },
});

export const deniedStatus = defineCase({
  title: 'an origin that is not listed is refused by a 4xx status',
  verifies: { transport: ['ws/origin/denied-status'] },
  caughtBy: ['ignores-origin-list', 'answers-200-to-bad-upgrade', 'closes-without-status'],
  needs: ['origin-list'],
  async run(t) {
    await t.connect();
    const exchange = await t.request({ headers: { Origin: FOREIGN } });
    exchange.expectStatus((status) => status >= 400 && status < 500, 'a 4xx status (403 preferred)');
  },
});

export const allowed = defineCase({
  title: 'a listener that admits listed origins lets them in',
  verifies: { transport: ['ws/origin/allowed'] },
  caughtBy: ['refuses-listed-origin'],
  needs: ['origin-list'],
  async run(t) {
    await (await t.request({ headers: { Origin: listedOrigin(t) } })).served();
  },
});

/** The user of a target with such a list names one of its members for all connections. */
function listedOrigin(t: CaseContext<unknown>): string {
  const [, origin] = t.scope.target.headers.find(([name]) => name.toLowerCase() === 'origin') ?? [];
  return origin ?? t.skip("no listed origin is known: give one by --header 'Origin: …'");
}
