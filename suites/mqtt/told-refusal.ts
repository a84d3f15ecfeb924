/** A CONNECT that every server refuses, and its CONNACK: a broker may close so fast behind it that it is lost (BROKERS.md, lesson 13). */
import type { CaseContext, Client } from '#kit';

/** Connections at once, of which most must be told: where it is lost now and then the rest tells, in every run. */
const ABREAST = 11;

/** One that was told why; one that was not, where most are not told. Skips where the CONNECT is accepted. */
export async function toldRefusal(t: CaseContext<unknown>): Promise<Client> {
  const clients = await Promise.all(Array.from({ length: ABREAST }, async () => refused(t)));
  const silent = clients.filter(wordless);
  const told = clients.filter((one) => !wordless(one));
  const [client] = silent.length > told.length ? silent : told;
  for (const { link } of clients.filter((one) => one !== client)) link.claimEnd();
  return client ?? t.skip('no connection is left');
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
