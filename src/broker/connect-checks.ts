import { CHALLENGE_METHOD } from '#wire';
import type { Connect } from '#wire';
import type { BrokerUser } from './contract.ts';
import type { Context } from './context.ts';
import { mayPublishTo } from './access.ts';
import type { Connection } from './state.ts';

export interface Refusal {
  /** Of 5.0. */
  readonly reasonCode: number;
  /** Of 3.1.1; undefined where it has none: then the connection is closed without a word. */
  readonly returnCode?: number;
}

/** Why a CONNECT that is well-formed is refused; undefined: it isn't. */
export function checkConnect(context: Context, connection: Connection, packet: Connect): Refusal | undefined {
  const { gate, limits, store } = context;
  const { version, transport, clientId } = connection;
  if (!gate.decide('connect.permitted', true, { version, transport, clientId, packet })) return REJECTED;
  if (packet.clientId === '' && !connection.v5 && !packet.cleanStart) {
    if (gate.enforces('connect.empty-id', connection)) return { reasonCode: 0x85, returnCode: 2 };
  }
  const method = connection.v5 ? packet.properties?.authenticationMethod : undefined;
  const { identity, refused } = connection.peer;
  // Who is known by its certificate has nothing left to show.
  const asksWho = identity === undefined && refused !== 'connack' && context.users !== undefined;
  if (method === CHALLENGE_METHOD && asksWho) {
    connection.method = method;
    // Who it is shows in the exchange: nobody is told before that a user doesn't exist.
    connection.user = userOf(context, packet);
  } else if (method !== undefined && gate.enforces('connect.authentication-method', connection)) {
    return { reasonCode: 0x8c };
  }
  const refusal = connection.method === undefined ? checkUser(context, connection, packet) : undefined;
  if (refusal !== undefined && gate.enforces('connect.credentials', connection)) return refusal;
  if (
    packet.will !== undefined &&
    !gate.decide('will.permitted', mayPublishTo(connection, packet.will.topic), connection)
  ) {
    return NOT_AUTHORIZED;
  }
  const will = connection.v5 ? packet.will : undefined;
  if (will !== undefined && will.qos > limits.maximumQos && gate.enforces('connect.will-qos', connection)) {
    return { reasonCode: 0x9b };
  }
  if (will?.retain === true && !limits.retainAvailable && gate.enforces('connect.will-retain', connection)) {
    return { reasonCode: 0x9a };
  }
  if (!store.sessions.has(connection.clientId) && store.sessions.size >= limits.sessions) {
    if (gate.enforces('connect.sessions', connection)) return { reasonCode: 0x97, returnCode: 3 };
  }
  return undefined;
}

const REJECTED: Refusal = { reasonCode: 0x85, returnCode: 2 };
const NOT_AUTHORIZED: Refusal = { reasonCode: 0x87, returnCode: 5 };
const BAD_CREDENTIALS: Refusal = { reasonCode: 0x86, returnCode: 4 };
const NOTHING = new Uint8Array();

function checkUser(context: Context, connection: Connection, packet: Connect): Refusal | undefined {
  const { users, gate } = context;
  const { identity, refused } = connection.peer;
  if (refused === 'connack' || identity === null) return NOT_AUTHORIZED;
  if (identity !== undefined) {
    const name = connection.peer.believesUserName === true ? (packet.username ?? identity) : identity;
    return checkIdentity(context, connection, name);
  }
  if (users === undefined) return undefined;
  if (packet.username === undefined) return NOT_AUTHORIZED;
  const user = userOf(context, packet);
  connection.user = user;
  const matches = user !== undefined && samePassword(user, packet.password);
  return gate.decide('connect.credentials-match', matches, connection) ? undefined : BAD_CREDENTIALS;
}

/** The certificate has said who it is: neither the user name nor the password of CONNECT counts. */
function checkIdentity({ users }: Context, connection: Connection, identity: string): Refusal | undefined {
  const known = users?.find(({ username }) => username === identity);
  if (known === undefined && users !== undefined) return NOT_AUTHORIZED;
  connection.user = known ?? { username: identity };
  return undefined;
}

const userOf = ({ users = [] }: Context, packet: Connect): BrokerUser | undefined =>
  users.find(({ username }) => username === packet.username);

/** A user without password is one with the empty password; none sent is the empty one too. */
function samePassword(user: BrokerUser, given: Uint8Array = NOTHING): boolean {
  const stored = user.password ?? NOTHING;
  return stored.length === given.length && stored.every((byte, i) => byte === given[i]);
}
