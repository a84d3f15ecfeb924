/** One connection by the book, up to CONNACK: is there a broker at this endpoint, and if not, what is? */
import type { Clock, Random } from '#io';
import type { MqttVersion } from '#spec';
import { isWebSocket, shownHost, type Credentials, type Endpoint } from '#target';
import {
  buildUpgradeRequest,
  encode,
  encodeBase64,
  headerList,
  type Connack,
  type Connect,
  type HttpHead,
  type Transcript,
} from '#wire';
import type { Dial } from './dial.ts';
import type { TlsSession } from './dial-tls.ts';
import type { WireEvent } from './events.ts';
import { dialFailure, failureOf } from './probe-failure.ts';
import type { ProbeFailure } from './probe-faces.ts';
import { Recorder } from './recorder.ts';
import { tap } from './tap.ts';
import { Wire } from './wire.ts';
import { WireEvents } from './wire-events.ts';

export interface ProbeOptions {
  readonly dial: Dial;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly version: MqttVersion;
  readonly credentials: Credentials;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly clientId: string;
  /** Milliseconds for each answer. Default 5,000. */
  readonly within?: number;
}

export interface ProbeSuccess {
  readonly ok: true;
  readonly version: MqttVersion;
  readonly connack: Connack;
  /** Milliseconds from CONNECT to CONNACK. */
  readonly roundTripMs: number;
  readonly tls?: TlsSession;
  /** What the 101 selected. */
  readonly subprotocol?: string;
  readonly remoteAddress?: string;
  /** `Server` of the 101: brokers tell their name there, or that of a proxy. */
  readonly server?: string;
  readonly transcript: Transcript;
}

export type ProbeResult =
  ProbeSuccess | { readonly ok: false; readonly failure: ProbeFailure; readonly transcript: Transcript };

const WITHIN = 5_000;

/** Never throws; leaves no connection behind. */
export async function probe(endpoint: Endpoint, options: ProbeOptions): Promise<ProbeResult> {
  const recorder = new Recorder(options.clock);
  const dialled = await options.dial(endpoint, options.signal);
  if (!dialled.ok)
    return { ok: false, failure: dialFailure(endpoint, dialled.failure), transcript: recorder.transcript() };
  const { clock, version, random } = options;
  const { duplex, firstBytes } = tap(dialled.duplex);
  const wire = new Wire({
    duplex,
    clock,
    recorder,
    lane: recorder.lane('probe'),
    websocket: isWebSocket(endpoint.transport),
    version,
    random: random.bytes,
  });
  try {
    const seen = await converse(wire, endpoint, options);
    const transcript = recorder.transcript();
    if (!('connack' in seen)) {
      const { version, credentials, signal } = options;
      const circumstances = { endpoint, version, credentials, aborted: signal.aborted, firstBytes: firstBytes() };
      return { ok: false, failure: failureOf(seen, circumstances), transcript };
    }
    return {
      ok: true,
      version,
      transcript,
      ...seen,
      ...(dialled.tls === undefined ? {} : { tls: dialled.tls }),
      ...(dialled.remoteAddress === undefined ? {} : { remoteAddress: dialled.remoteAddress }),
    };
  } finally {
    wire.abandon();
  }
}

/** How far an unsuccessful conversation came. */
export interface Broken {
  readonly phase: 'upgrade' | 'connect';
  /** Present where the upgrade was refused. */
  readonly head?: HttpHead;
  /** Undefined: nothing came in time. */
  readonly event?: WireEvent;
  /** Milliseconds that were waited at most. */
  readonly waited: number;
}

type Answered = Pick<ProbeSuccess, 'connack' | 'roundTripMs' | 'subprotocol' | 'server'>;

async function converse(wire: Wire, endpoint: Endpoint, options: ProbeOptions): Promise<Answered | Broken> {
  const events = new WireEvents(wire, options);
  const told: { subprotocol?: string; server?: string } = {};
  const waited = options.within ?? WITHIN;
  if (wire.websocket) {
    wire.sendHttp(
      upgradeRequest(endpoint, options),
      `GET ${endpoint.path.split('?')[0] ?? '/'} HTTP/1.1`,
      new Uint8Array(0),
    );
    const event = await events.next((one) => one.kind !== 'violation', waited);
    const head = event?.kind === 'http' ? event.head : undefined;
    if (head === undefined || !/^HTTP\/\d\.\d 101\b/.test(head.startLine)) {
      return {
        phase: 'upgrade',
        waited,
        ...(head === undefined ? {} : { head }),
        ...(event === undefined ? {} : { event }),
      };
    }
    const subprotocol = headerList(head, 'Sec-WebSocket-Protocol');
    const server = headerList(head, 'Server');
    if (subprotocol !== undefined) told.subprotocol = subprotocol;
    if (server !== undefined) told.server = server;
  }
  const sentAt = options.clock.now();
  wire.sendMqtt(encode(connectPacket(options), options.version));
  const event = await events.next(decides, waited);
  if (event?.kind !== 'packet' || event.packet.type !== 'CONNACK' || event.packet.reasonCode !== 0) {
    return { phase: 'connect', waited, ...(event === undefined ? {} : { event }) };
  }
  wire.sendMqtt(encode({ type: 'DISCONNECT', reasonCode: 0 }, options.version));
  wire.close();
  await events.next((one) => one.kind === 'end', Math.min(waited, 250));
  return { connack: event.packet, roundTripMs: event.at - sentAt, ...told };
}

/** Ping and Pong tell nothing about MQTT; a Close frame does. */
const decides = (event: WireEvent): boolean =>
  event.kind === 'packet' ||
  event.kind === 'end' ||
  event.kind === 'unreadable' ||
  (event.kind === 'frame' && event.frame.opcode === 8);

function upgradeRequest(endpoint: Endpoint, options: ProbeOptions): Uint8Array {
  const defaultPort = endpoint.transport === 'ws' ? 80 : 443;
  const host =
    endpoint.port === defaultPort ? shownHost(endpoint.host) : `${shownHost(endpoint.host)}:${endpoint.port}`;
  return buildUpgradeRequest({
    host,
    target: endpoint.path,
    key: encodeBase64(options.random.bytes(16)),
    rawLines: options.headers.map(([name, value]) => `${name}: ${value}`),
  });
}

function connectPacket({ version, clientId, credentials }: ProbeOptions): Connect {
  return {
    type: 'CONNECT',
    protocolName: 'MQTT',
    protocolLevel: version === '5.0' ? 5 : 4,
    cleanStart: true,
    keepAlive: 60,
    clientId,
    ...(credentials.username === undefined ? {} : { username: credentials.username }),
    ...(credentials.password === undefined ? {} : { password: credentials.password }),
  };
}
