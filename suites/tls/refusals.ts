/** How a certificate is refused, and that nothing of a refused client is left. */
import { defineCase, message } from '#kit';
import { showing, usualIsServed, VERSIONS, type Version } from './showing.ts';

const REFUSED = {
  expired: 'client-expired',
  'foreign-authority': 'client-foreign-ca',
  'self-signed': 'client-self-signed',
  'for-servers': 'client-eku-server',
} as const;

export const alert = defineCase({
  title: 'a certificate is refused by an alert, an end, an error of HTTP, or a CONNACK',
  verifies: { transport: ['tls/alert/bad-certificate'] },
  observes: ['clean', 'refuses-certificates-by-connack'],
  needs: ['tls', 'mtls-required'],
  rows: REFUSED,
  async run(t) {
    for (const version of Object.keys(VERSIONS) as Version[]) {
      const asked = await t.admission(showing(t, t.row, version));
      t.observe(`${version}: ${asked.how}`);
    }
  },
});

export const noEffects = defineCase<Version>({
  title: 'a client whose certificate is refused leaves no message, no will and no session behind',
  verifies: {
    transport: ['tls/identity/rejected-no-effects'],
    '3.1.1': ['MQTT-3.1.4-5'],
    '5.0': ['MQTT-3.1.4-6'],
  },
  caughtBy: ['serves-while-refusing'],
  needs: ['tls', 'mtls-required'],
  rows: VERSIONS,
  async run(t) {
    await usualIsServed(t, t.row);
    const [sent, left] = [t.topic('sent'), t.topic('left')];
    const witness = await t.connect();
    await witness.subscribe(sent);
    await witness.subscribe(left);
    const refused = await t.admission({
      ...showing(t, 'client-foreign-ca', t.row),
      connect: { will: t.will(left, 'refused') },
      eager: [t.packet.publish(sent, 'refused')],
    });
    refused.rejected('tls/identity/rejected-no-effects');
    await witness.settle();
    const publisher = await t.connect();
    await publisher.publish(sent, 'served', { qos: 1 });
    await publisher.publish(left, 'served', { qos: 1 });
    const breaks = 'tls/identity/rejected-no-effects';
    await witness.expectNotBefore(message(sent, 'refused'), message(sent, 'served'), { breaks });
    await witness.expectNotBefore(message(left, 'refused'), message(left, 'served'), { breaks });
  },
});
