/** A CONNECT that every server refuses, and its CONNACK: several brokers close so fast behind it that it is mostly lost. */
import type { CaseContext, Client } from '#kit';

/** Connections at once, and how often: what comes through once in ten times is seen, in nearly every run (BROKERS.md, lesson 13). */
const ABREAST = 6;
const BATCHES = 10;

/** The first that was told why; one that was not, where none was. Skips where the CONNECT is accepted. */
export async function toldRefusal(t: CaseContext<unknown>): Promise<Client> {
  let client = await refused(t);
  for (let batch = 0; batch < BATCHES && wordless(client); batch += 1) {
    client.link.claimEnd();
    const clients = await Promise.all(Array.from({ length: ABREAST }, async () => refused(t)));
    client = clients.find((one) => !wordless(one)) ?? client;
    for (const { link } of clients.filter((one) => one !== client)) link.claimEnd();
  }
  return client;
}

const wordless = ({ link, connack }: Client): boolean =>
  link.ended && connack === undefined && link.ending?.reasonPacket === undefined;

/** 3.1.1 a persistent session without identifier, 5.0 a method that nobody knows. */
async function refused(t: CaseContext<unknown>): Promise<Client> {
  const client = await t.open({ clientId: t.version === '5.0' ? t.clientId() : '' });
  await client.send(
    t.version === '5.0'
      ? t.packet.connect({ clientId: client.id, properties: { authenticationMethod: 'mqttspec-unknown' } })
      : t.packet.connect({ clientId: '', cleanStart: false }),
  );
  const answered = await client.link.until<boolean>((settle) => {
    if (client.connack !== undefined || client.link.ended) settle(true);
  }, t.timing.graceMs);
  // That it accepts such a CONNECT is the matter of other cases.
  if (answered === true && client.connack?.reasonCode === 0) t.skip('not exercised: the server accepts the CONNECT');
  return client;
}
