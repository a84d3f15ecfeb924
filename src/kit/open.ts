/** Opening connections: TCP or TLS, the upgrade, CONNECT, in one go. */
import { Client, type ClientOptions } from './client.ts';
import { connectOn } from './connect-on.ts';
import type { CaseContext, ConnectOptions } from './context.ts';
import { endpointOf, openWire, type Door } from './door.ts';
import { plainRequest, sendRequest } from './exchange.ts';
import { SetupFailed } from './outcomes.ts';

export type { Door };

type Context = CaseContext<unknown>;

export async function openClient(
  t: Context,
  clientId: string,
  options: ClientOptions & { readonly door?: Door },
): Promise<Client> {
  const wire = await openWire(t, options.door, clientId === '' ? `connection ${t.clients.length + 1}` : clientId);
  const client = new Client(t.scope, wire, clientId, options);
  t.clients.push(client);
  if (!wire.websocket) return client;
  const exchange = await sendRequest(t, client, plainRequest(t, endpointOf(t, options.door)), options.upgrade);
  if (exchange.status !== 101) throw new SetupFailed(`the upgrade was not accepted: ${exchange.print()}`);
  exchange.judgeAnswer();
  return client;
}

export async function connectClient(t: Context, options: ConnectOptions): Promise<Client> {
  const { door, acknowledge, upgrade, compress, ...fields } = options;
  const clientId = fields.clientId ?? t.clientId();
  const client = await openClient(t, clientId, {
    ...(door === undefined ? {} : { door }),
    ...(acknowledge === undefined ? {} : { acknowledge }),
    ...(upgrade === undefined ? {} : { upgrade }),
    ...(compress === undefined ? {} : { compress }),
  });
  await connectOn(t, client, fields);
  return client;
}
