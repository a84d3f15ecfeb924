/**
 * Whose topics are whose: what makes an identity visible from outside. Declared by `identity` and `acl`: below
 * `mqttspec-identity/` (the topic prefix without its slash, and `-identity`) only the user whose name is the next level may publish.
 */
import { Unmet, message, type AdmissionInput, type CaseContext, type Client } from '#kit';
import type { RequirementKey } from '#spec';

type Context = CaseContext<unknown>;

/** A topic that only this user may publish to. */
export function ownTopic(t: Context, user: string): string {
  const prefix = t.scope.target.topicPrefix.replace(/\/$/, '') || 'mqttspec';
  return `${prefix}-identity/${user}/${t.topic('own').replaceAll('/', '-')}`;
}

/** Publishes and waits until the broker has surely dealt with it: it acknowledges, or ends the connection. */
export async function publishAndLeave(t: Context, client: Client, topic: string, payload: string): Promise<void> {
  const { link } = client;
  client.wellBehaved = false;
  const packetId = client.nextPacketId();
  await client.send(t.packet.publish(topic, payload, { qos: 1, packetId }));
  await link.take((event) => event.kind === 'packet' && event.packet.type === 'PUBACK', t.timing.replyMs);
  link.endExpected = true;
  if (!link.ended) await client.disconnect();
}

/** A witness that has subscribed to topics of several users. */
export async function witness(t: Context, ...topics: readonly string[]): Promise<Client> {
  const client = await t.connect();
  for (const topic of topics) await client.subscribe({ filter: topic, qos: 1 });
  await client.settle();
  return client;
}

export interface Claim {
  readonly witness: Client;
  readonly topic: string;
  /** Who is asked. */
  readonly client: Client;
  readonly breaks: RequirementKey;
}

/** What it publishes there arrives: it is that user. */
export async function isThatUser(t: Context, { witness: sees, topic, client, breaks }: Claim): Promise<void> {
  await publishAndLeave(t, client, topic, 'mine');
  await sees.expect(message(topic, 'mine'), { breaks });
}

/** What it publishes there does not arrive, proved by what its owner publishes behind it. */
export async function isNotThatUser(
  t: Context,
  { witness: sees, topic, client, breaks }: Claim,
  owner: AdmissionInput,
): Promise<void> {
  await publishAndLeave(t, client, topic, 'not mine');
  const rightful = (await t.admission(owner)).setUp();
  await publishAndLeave(t, rightful, topic, 'mine');
  await sees.expectNotBefore(message(topic, 'not mine'), message(topic, 'mine'), { breaks });
}

/** Where its owner reaches nobody there, silence about others says nothing. */
export async function mustReach(t: Context, sees: Client, topic: string, owner: AdmissionInput): Promise<void> {
  const client = (await t.admission(owner)).setUp();
  await publishAndLeave(t, client, topic, 'first');
  try {
    await sees.expect(message(topic, 'first'));
  } catch (error) {
    if (!(error instanceof Unmet)) throw error;
    t.scope.findings.list.pop();
    t.skip(
      `what its owner publishes below ${topic.split('/').slice(0, 2).join('/')}/ does not arrive: see docs/tls.md for the access rule`,
    );
  }
}
