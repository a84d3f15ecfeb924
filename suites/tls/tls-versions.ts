/** Which versions of TLS the listener speaks, and how it refuses the others. */
import { CIPHER_OFFERS, defineCase, downgradeMark, isTls13, SIGNALLING, tlsVersionName, agreedVersion } from '#kit';

/** RFC 8446 §6: protocol_version. */
const PROTOCOL_VERSION = 70;

export const tls13 = defineCase({
  title: 'TLS 1.3 is spoken where the client offers it',
  verifies: { transport: ['tls/version/tls13'] },
  caughtBy: ['speaks-no-tls13'],
  needs: ['tls'],
  async run(t) {
    const hello = (await (await t.rawTls()).hello()).answered();
    const agreed = tlsVersionName(agreedVersion(hello));
    t.check(isTls13(hello), `the server agrees on ${agreed}`, { expected: 'TLS 1.3', actual: agreed });
    (await t.admission({ minVersion: 'TLSv1.3' })).accepted();
  },
});

export const tls12 = defineCase({
  title: 'a client of TLS 1.2 is served, unless the listener speaks TLS 1.3 only',
  verifies: { transport: ['tls/version/tls12'] },
  caughtBy: ['tls12-handshakes-fail'],
  needs: ['tls'],
  async run(t) {
    const { flight } = await (await t.rawTls()).hello({ highest: 'tls12' });
    if (flight.fatal?.description === PROTOCOL_VERSION) {
      (await t.admission({ minVersion: 'TLSv1.3' })).accepted();
      t.skip('the listener speaks TLS 1.3 only');
    }
    (await t.admission({ maxVersion: 'TLSv1.2' })).accepted();
  },
});

export const tls11Refused = defineCase({
  title: 'TLS 1.1 is refused, and the next client served',
  verifies: { transport: ['tls/version/tls11-refused'] },
  caughtBy: ['accepts-tls11'],
  needs: ['tls'],
  async run(t) {
    (await (await t.rawTls()).hello({ highest: 'tls11' })).refused();
    await t.connect();
  },
});

export const tls10Refused = defineCase({
  title: 'TLS 1.0 is refused, and the next client served',
  verifies: { transport: ['tls/version/tls10-refused'] },
  caughtBy: ['accepts-tls10'],
  needs: ['tls'],
  async run(t) {
    (await (await t.rawTls()).hello({ highest: 'tls10' })).refused();
    await t.connect();
  },
});

export const ssl3Refused = defineCase({
  title: 'SSL 3.0 is refused, and the next client served',
  verifies: { transport: ['tls/version/ssl3-refused'] },
  caughtBy: ['accepts-ssl3'],
  needs: ['tls', 'raw-tls'],
  async run(t) {
    (await (await t.rawTls()).hello({ highest: 'ssl3' })).refused();
    await t.connect();
  },
});

export const refusalAlert = defineCase({
  title: 'an old version is refused by an alert, or by the end of the connection',
  verifies: { transport: ['tls/version/refusal-alert'] },
  observes: ['clean', 'refuses-hellos-without-alert'],
  needs: ['tls'],
  async run(t) {
    t.observe((await (await t.rawTls()).hello({ highest: 'tls10' })).print());
    await t.connect();
  },
});

export const fallback = defineCase({
  title: 'a ClientHello of TLS 1.2 that says to be a fallback is refused or served',
  verifies: { transport: ['tls/version/fallback-scsv'] },
  observes: ['clean', 'tls13-only'],
  needs: ['tls', 'raw-tls'],
  async run(t) {
    const cipherSuites = [...CIPHER_OFFERS.classic, SIGNALLING.fallback];
    t.observe((await (await t.rawTls()).hello({ highest: 'tls12', cipherSuites })).print());
    await t.connect();
  },
});

export const downgradeSentinel = defineCase({
  title: 'a server of TLS 1.3 that agrees on 1.2 marks its random',
  verifies: { transport: ['tls/version/downgrade-sentinel'] },
  caughtBy: ['no-downgrade-mark'],
  needs: ['tls', 'raw-tls'],
  async run(t) {
    const newest = (await (await t.rawTls()).hello()).flight.hello;
    if (newest === undefined || !isTls13(newest)) return t.skip('the listener does not speak TLS 1.3');
    const older = (await (await t.rawTls()).hello({ highest: 'tls12' })).flight.hello;
    if (older === undefined) return t.skip('the listener speaks TLS 1.3 only');
    t.check(downgradeMark(older) === 'to-1.2', 'the random of a ServerHello of TLS 1.2 has no mark of the downgrade', {
      expected: 'a random that ends in 44 4f 57 4e 47 52 44 01',
      actual: [...older.random.subarray(24)].map((octet) => octet.toString(16).padStart(2, '0')).join(' '),
    });
    await t.connect();
  },
});
