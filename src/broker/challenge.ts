/** The server's side of enhanced authentication: challenges, and whether they were answered (5.0 §4.12). */
import { sha1 } from '#io';
import { CHALLENGE_LENGTH, challengeAnswer, challengeProof } from '#wire';
import type { Properties } from '#wire';
import { send } from './context.ts';
import type { Context } from './context.ts';
import type { AuthExchange, Connection } from './state.ts';

const CONTINUE = 0x18;
const SUCCESS = 0x00;
const NOTHING = new Uint8Array();

/** Begins an exchange. */
export function challenge(context: Context, connection: Connection, of: Pick<AuthExchange, 'connect'>): void {
  const challenges = context.gate.decide('auth.challenges', 1, connection);
  ask(context, connection, { ...of, left: challenges - 1 });
}

/** The next challenge of an exchange, while there is one to come. */
export function ask(context: Context, connection: Connection, exchange: Omit<AuthExchange, 'challenge'>): void {
  const octets = context.random(CHALLENGE_LENGTH);
  connection.exchange = { ...exchange, challenge: octets };
  sendAuth(context, connection, CONTINUE, octets);
}

/** AUTH 0x00: the client has authenticated again. */
export function succeed(context: Context, connection: Connection): void {
  connection.exchange = undefined;
  sendAuth(context, connection, SUCCESS, connection.proof ?? NOTHING);
}

/** Whether the answer is that of a user that there is; keeps what proves to the client that its password is known. */
export function isRight(connection: Connection, { challenge }: AuthExchange, data: Uint8Array = NOTHING): boolean {
  const { user } = connection;
  if (user === undefined) return false;
  const password = user.password ?? NOTHING;
  const right = challengeAnswer(sha1, challenge, password);
  if (right.length !== data.length || right.some((octet, index) => octet !== data[index])) return false;
  connection.proof = challengeProof(sha1, challenge, password);
  return true;
}

function sendAuth(context: Context, connection: Connection, reasonCode: number, data: Uint8Array): void {
  const { method = '' } = connection;
  const properties: Properties = { authenticationMethod: method, authenticationData: data };
  send(context, connection, { type: 'AUTH', reasonCode, properties }, 'reply');
}
