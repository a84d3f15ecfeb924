/** §3.1.2.10, §3.1.4: how long a connection may be silent (times in seconds). */
import { defineCase } from '#kit';

/** Some brokers look at a clock of whole seconds every five seconds and more: what is later than this never comes. */
const TOLERANCE = 10;
const KEEP_ALIVE = 2;
/** Round trips that must not look like a keep alive of half its time. */
const TO_TELL = 3;
/** Seconds for which a client without keep alive is watched. */
const WATCHED = 3;

export const ownValue = defineCase({
  title: 'without Server Keep Alive in CONNACK the keep alive of the client counts',
  verifies: { '5.0': ['MQTT-3.2.2-22'] },
  caughtBy: ['never-times-out', 'times-out-early'],
  needs: ['time'],
  takes: 7,
  async run(t) {
    const keepAlive = t.seconds(KEEP_ALIVE, TO_TELL);
    const client = await t.connect({ keepAlive });
    if (client.connack?.properties?.serverKeepAlive !== undefined) t.skip('CONNACK has a Server Keep Alive');
    const begin = client.link.sentAt;
    const ending = await client.link.waitForEnd(1000 * (1.5 * keepAlive + TOLERANCE) + t.roundTrips(1));
    client.link.claimEnd();
    t.check(ending !== undefined, `still open ${1.5 * keepAlive + TOLERANCE} s after CONNECT`, {
      expected: `closed after ${1.5 * keepAlive} s`,
    });
    const after = ((ending?.at ?? 0) - begin) / 1000;
    t.check(after >= keepAlive - 0.02, `closed ${after.toFixed(1)} s after CONNECT, the keep alive is ${keepAlive} s`);
    await t.roundTrip(await t.connect(), await t.connect());
  },
});

export const none = defineCase({
  title: 'keep alive 0: a silent client stays connected, or is dropped all the same',
  verifies: { '3.1.1': ['R-3.1.2.10-1'], '5.0': ['R-3.1.2.10-1'] },
  observes: ['clean', 'drops-silent-clients'],
  needs: ['time'],
  takes: WATCHED,
  async run(t) {
    const client = await t.open();
    client.wellBehaved = false;
    await client.send(t.packet.connect({ clientId: client.id, keepAlive: 0 }));
    const ending = await client.link.waitForEnd(1000 * WATCHED);
    client.link.endExpected = true;
    const code = client.connack?.reasonCode;
    if (code !== 0) return t.observe('a keep alive of 0 is not accepted');
    const told = client.connack?.properties?.serverKeepAlive;
    if (told !== undefined) t.observe(`the server sets ${told} s`);
    t.observe(ending === undefined ? `connected after ${WATCHED} s of silence` : `dropped within ${WATCHED} s`);
  },
});

/** Seconds for which every run waits. */
const SHORT = 6;
/** Seconds that are waited where the target declares `slow`. */
const LONG = 180;

export const noConnect = defineCase({
  title: 'a connection on which no CONNECT comes ends after a while',
  verifies: { '3.1.1': ['R-3.1.4-1'], '5.0': ['R-3.1.4-1'] },
  caughtBy: ['waits-for-connect-for-ever'],
  needs: ['slow'],
  takes: SHORT,
  async run(t) {
    await t.connect();
    const client = await t.open();
    const patient = t.scope.target.declared.includes('slow');
    const ending = await client.link.waitForEnd(1000 * (patient ? LONG : SHORT));
    client.link.claimEnd();
    if (ending === undefined && !patient)
      t.skip(`still open after ${SHORT} s; a target that declares slow is waited for`);
    t.check(ending !== undefined, `still open ${LONG} s after it was opened`, { expected: 'the connection ends' });
  },
});
