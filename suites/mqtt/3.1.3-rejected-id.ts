/** §3.1.3.1: a client identifier that the server rejects. */
import { connack, defineCase, ended, type CaseContext, type Client } from '#kit';

/** What servers that restrict identifiers don't like. */
const UNUSUAL: readonly ((name: string) => string)[] = [
  (name) => `${name} with blanks`,
  (name) => `${name}ä€`,
  (name) => name.padEnd(1_000, 'x'),
];

/** The first unusual identifier that is not accepted; skipped where all are. */
async function rejected(t: CaseContext<unknown>): Promise<Client> {
  for (const unusual of UNUSUAL) {
    const clientId = unusual(t.clientId());
    const client = await t.open({ clientId });
    await client.send(t.packet.connect({ clientId }));
    await client.link.until<true>((settle) => {
      if (client.connack !== undefined || client.link.ended) settle(true);
    }, t.timing.graceMs);
    if (client.connack?.reasonCode !== 0) return client;
    await client.look(connack(), 0);
    await client.disconnect();
  }
  return t.skip('not exercised: the server takes every identifier');
}

export const closed = defineCase({
  title: 'a client whose identifier is rejected is closed',
  verifies: { '3.1.1': ['MQTT-3.1.3-9#close'], '5.0': ['MQTT-3.1.3-8#close'] },
  caughtBy: ['keeps-open-after-refusal'],
  provedOn: ['refuses-unusual-client-ids'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    await (await rejected(t)).expect(ended());
    await t.roundTrip(twin, await t.connect());
  },
});

export const told = defineCase({
  title: 'a client whose identifier is rejected is told so by CONNACK 0x02',
  verifies: { '3.1.1': ['MQTT-3.1.3-9#connack-02'] },
  caughtBy: ['rejects-ids-with-other-code', 'refuses-without-word'],
  provedOn: ['refuses-unusual-client-ids'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await rejected(t);
    await client.expect(ended());
    t.check(client.connack?.reasonCode === 0x02, `refused ${how(client)}`, { expected: 'CONNACK 0x02' });
    await t.roundTrip(twin, await t.connect());
  },
});

export const toldIn5 = defineCase({
  title: 'a client whose identifier is rejected: told by CONNACK or closed',
  verifies: { '5.0': ['MQTT-3.1.3-8#may'] },
  observes: ['clean', 'bare-close-on-refusal'],
  provedOn: ['refuses-unusual-client-ids'],
  needs: ['reaction'],
  async run(t) {
    const client = await rejected(t);
    await client.expect(ended());
    t.observe(`refused ${how(client)}`);
  },
});

const how = ({ connack: answer }: Client): string =>
  answer === undefined ? 'without a word' : `by CONNACK 0x${answer.reasonCode.toString(16).padStart(2, '0')}`;
