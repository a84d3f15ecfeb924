/** The doors of a broker, and going through one: TCP or TLS alone. */
import { Wire } from '#net';
import type { Endpoint } from '#target';
import type { CaseContext } from './context.ts';
import { SetupFailed, Skipped } from './outcomes.ts';

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
