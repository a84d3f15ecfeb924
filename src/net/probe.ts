/** One connection by the book, up to CONNACK: is there a broker at this endpoint, and if not, what is? */
import type { MqttVersion } from '#spec';
import { isWebSocket, type Endpoint } from '#target';
import { headerList } from '#wire';
import type { ProbeFailure } from './probe-faces.ts';
import { Recorder } from './recorder.ts';
import { openSession, upgrade, type SessionFacts, type SessionOptions } from './session.ts';
import { WireEvents } from './wire-events.ts';
import { Wire } from './wire.ts';

export type ProbeResult =
  | ({ readonly ok: true; readonly version: MqttVersion } & SessionFacts)
  | { readonly ok: false; readonly failure: ProbeFailure };

/** Never throws; leaves no connection behind. */
export async function probe(endpoint: Endpoint, options: SessionOptions): Promise<ProbeResult> {
  const opened = await openSession(endpoint, options);
  if (!opened.ok) return opened;
  opened.session.close();
  return { ok: true, version: options.version, ...opened.session.facts };
}

/** Which extensions the server takes of those that are offered; undefined where none, or where no WebSocket opens. */
export async function probeExtensions(
  endpoint: Endpoint,
  offered: string,
  options: SessionOptions,
): Promise<string | undefined> {
  if (!isWebSocket(endpoint.transport)) return undefined;
  const { clock, version, random } = options;
  const dialled = await options.dial(endpoint, options.signal);
  if (!dialled.ok) return undefined;
  const recorder = new Recorder(clock);
  const lane = recorder.lane('extensions');
  const wire = new Wire({
    duplex: dialled.duplex,
    clock,
    recorder,
    lane,
    websocket: true,
    version,
    random: random.bytes,
  });
  const { head } = await upgrade(wire, new WireEvents(wire, options), endpoint, { ...options, extensions: offered });
  wire.abandon();
  return head === undefined ? undefined : headerList(head, 'Sec-WebSocket-Extensions');
}
