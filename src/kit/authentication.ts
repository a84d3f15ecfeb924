/** Enhanced authentication (5.0 §4.12) from the client's side, by the one method that mqttspec speaks. */
import { sha1 } from '#io';
import { CHALLENGE_METHOD, challengeAnswer, type Auth, type Connack, type Connect, type Properties } from '#wire';
import * as build from './builders.ts';
import type { Client } from './client.ts';
import type { CaseContext } from './context.ts';
import { hexCode } from './matcher.ts';
import { SetupFailed } from './outcomes.ts';
import { packetMatcher } from './packet-matchers.ts';

type Context = CaseContext<unknown>;

const CONTINUE = 0x18;
/** Challenges that a server may send before it must have made up its mind. */
const MOST_ROUNDS = 10;

/** A CONNECT that names the method and the target's user, but no password. */
export function connectByMethod(t: Context, clientId: string, properties: Properties = {}): Connect {
  const { username } = t.credentials();
  return build.connect(t.version, {
    clientId,
    ...(username === undefined ? {} : { username }),
    properties: { authenticationMethod: CHALLENGE_METHOD, ...properties },
  });
}

/** AUTH of the method; `data` is what it says. */
export function authByMethod(reasonCode: number, data?: Uint8Array, more: Properties = {}): Auth {
  return build.auth(reasonCode, {
    authenticationMethod: CHALLENGE_METHOD,
    ...(data === undefined ? {} : { authenticationData: data }),
    ...more,
  });
}

/** The right answer to a challenge. */
export function rightAnswer(t: Context, { properties }: Auth): Auth {
  const { password = new Uint8Array() } = t.credentials();
  const challenge = properties?.authenticationData ?? new Uint8Array();
  return authByMethod(CONTINUE, challengeAnswer(sha1, challenge, password));
}

/** Answers challenges, however many, until something else comes that ends the exchange: CONNACK, or AUTH 0x00. */
export async function finishExchange(t: Context, client: Client, first: Auth): Promise<Connack | Auth> {
  let challenge = first;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await client.send(rightAnswer(t, challenge));
    const event = await client.link.take(
      (came) => came.kind === 'packet' && (came.packet.type === 'CONNACK' || came.packet.type === 'AUTH'),
      t.timing.replyMs,
    );
    if (event?.kind !== 'packet') throw new SetupFailed('the exchange of AUTH came to no end');
    const { packet } = event;
    if (packet.type === 'CONNACK') return packet;
    if (packet.type === 'AUTH') {
      if (packet.reasonCode !== CONTINUE) return packet;
      challenge = packet;
    }
  }
  throw new SetupFailed(`the server sent more than ${MOST_ROUNDS} challenges`);
}

/** Connected by the method; whatever else happens makes the instance inconclusive. */
export async function connectedByMethod(t: Context, properties: Properties = {}): Promise<Client> {
  const client = await t.open();
  await client.send(connectByMethod(t, client.id, properties));
  const challenge = await firstChallenge(client);
  const end = await finishExchange(t, client, challenge);
  if (end.type === 'CONNACK' && end.reasonCode === 0) return client;
  client.link.endExpected = true;
  throw new SetupFailed(`the right answer was refused with ${hexCode(end.reasonCode)}`);
}

/** The AUTH that answers CONNECT, or a request to authenticate again. */
export const firstChallenge = async (client: Client): Promise<Auth> => client.expectPacket<Auth>(packetMatcher('AUTH'));
