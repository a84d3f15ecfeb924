/** Opening connections: TCP or TLS, the upgrade, CONNECT. */
import { Wire } from '#net';
import type { Endpoint } from '#target';
import type { Connack, Connect } from '#wire';
import * as build from './builders.ts';
import { Client, type ClientOptions } from './client.ts';
import type { CaseContext, ConnectOptions } from './context.ts';
import { plainRequest, sendRequest } from './exchange.ts';
import { hexCode } from './matcher.ts';
import { SetupFailed, Skipped } from './outcomes.ts';
import { packetMatcher } from './packet-matchers.ts';
import { ANSWERS } from './setup-keys.ts';

/** Which door of the broker: the instance's own, or one of another kind (skipped where the target has none). */
export type Door = 'same' | 'websocket' | 'tcp';

type Context = CaseContext<unknown>;

export function endpointOf(t: Context, door: Door = 'same'): Endpoint {
  if (door === 'same') return t.scope.instance.endpoint;
  const wanted = door === 'tcp' ? ['mqtt', 'mqtts'] : ['ws', 'wss'];
  const found = t.scope.target.endpoints.find(({ transport }) => wanted.includes(transport));
  if (found === undefined)
    throw new Skipped(`the target has no ${door === 'tcp' ? 'TCP' : 'WebSocket'} endpoint (--also)`);
  return found;
}

/** TCP or TLS alone; `http`: an answer of HTTP is expected even where the endpoint is one of plain MQTT. */
export async function openWire(t: Context, door: Door | undefined, label: string, http = false): Promise<Wire> {
  const { clock, dial, recorder, instance, random, signal } = t.scope;
  const endpoint = endpointOf(t, door);
  const lane = recorder.lane(label);
  const dialled = await dial(endpoint, signal);
  if (!dialled.ok) throw new SetupFailed(`no connection: ${dialled.failure.message}`);
  recorder.record({ lane, direction: 'out', layer: 'tcp', summary: `connected to ${endpoint.host}:${endpoint.port}` });
  const websocket = http || endpoint.transport === 'ws' || endpoint.transport === 'wss';
  return new Wire({
    duplex: dialled.duplex,
    clock,
    recorder,
    lane,
    websocket,
    version: instance.version,
    random: random.bytes,
  });
}

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

/** CONNECT on an open connection, and its CONNACK. */
export async function connectOn(t: Context, client: Client, fields: Partial<Omit<Connect, 'type'>>): Promise<void> {
  await client.send(
    build.connect(t.version, { ...t.credentials(), ...fields, clientId: fields.clientId ?? client.id }),
  );
  const connack = await client.expectPacket<Connack>(packetMatcher('CONNACK'), { breaks: ANSWERS.CONNACK[t.version] });
  if (connack.reasonCode !== 0) {
    client.link.endExpected = true;
    throw new SetupFailed(`CONNECT was refused with ${hexCode(connack.reasonCode)}`);
  }
}
