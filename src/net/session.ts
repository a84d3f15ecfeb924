/** One well-behaved MQTT connection of the harness's own: for probing, calibrating, asking after life, cleaning up. */
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
  type Packet,
} from '#wire';
import type { Dial } from './dial.ts';
import type { TlsSession } from './tls-session.ts';
import type { WireEvent } from './events.ts';
import { dialFailure, failureOf } from './probe-failure.ts';
import type { ProbeFailure } from './probe-faces.ts';
import { Recorder } from './recorder.ts';
import { tap } from './tap.ts';
import { WireEvents } from './wire-events.ts';
import { Wire } from './wire.ts';

export interface SessionOptions {
  readonly dial: Dial;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly version: MqttVersion;
  readonly credentials: Credentials;
  /** Further headers of the upgrade request. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly clientId: string;
  /** Milliseconds for each answer. Default 5,000. */
  readonly within?: number;
  /** Fields of CONNECT that are not the usual ones. */
  readonly connect?: Partial<Connect>;
}

export type SessionResult =
  { readonly ok: true; readonly session: Session } | { readonly ok: false; readonly failure: ProbeFailure };

const WITHIN = 5_000;
/** Milliseconds that the server is given to end the connection after DISCONNECT. */
const FAREWELL = 250;

/** What the opening told. */
export interface SessionFacts {
  readonly connack: Connack;
  /** Milliseconds from CONNECT to CONNACK. */
  readonly roundTripMs: number;
  readonly tls?: TlsSession;
  /** What the 101 selected. */
  readonly subprotocol?: string;
  /** `Server` of the 101: brokers tell their name there, or that of a proxy. */
  readonly server?: string;
  readonly remoteAddress?: string;
}

export class Session {
  readonly facts: SessionFacts;
  readonly version: MqttVersion;
  readonly #wire: Wire;
  readonly #events: WireEvents;

  constructor(wire: Wire, events: WireEvents, version: MqttVersion, facts: SessionFacts) {
    this.#wire = wire;
    this.#events = events;
    this.version = version;
    this.facts = facts;
  }

  /** True as soon as the peer has ended it. */
  get over(): boolean {
    return this.#events.over;
  }

  send(packet: Packet): void {
    this.#wire.sendMqtt(encode(packet, this.version));
  }

  /** The first packet that fits; others are dropped. Undefined: none within `ms`, or the connection is over. */
  async next<T extends Packet>(fits: (packet: Packet) => packet is T, ms: number): Promise<T | undefined> {
    const event = await this.#events.next((one) => one.kind === 'packet' && fits(one.packet), ms);
    return event?.kind === 'packet' && fits(event.packet) ? event.packet : undefined;
  }

  /** DISCONNECT and the close; for the server's part is waited in the background, and not for long. */
  close(): void {
    this.send({ type: 'DISCONNECT', reasonCode: 0 });
    this.#wire.close();
    void this.#events.next((event) => event.kind === 'end', FAREWELL).finally(() => this.abandon());
  }

  /** Ends at once. */
  abandon(): void {
    this.#wire.abandon();
  }
}

/** Dials, upgrades, connects. Never throws; leaves no connection behind where it fails. */
export async function openSession(endpoint: Endpoint, options: SessionOptions): Promise<SessionResult> {
  const { clock, version, random, credentials, signal } = options;
  const dialled = await options.dial(endpoint, signal);
  if (!dialled.ok) return { ok: false, failure: dialFailure(endpoint, dialled.failure) };
  const { duplex, firstBytes } = tap(dialled.duplex);
  const recorder = new Recorder(clock);
  const websocket = isWebSocket(endpoint.transport);
  const lane = recorder.lane(options.clientId);
  const wire = new Wire({ duplex, clock, recorder, lane, websocket, version, random: random.bytes });
  const events = new WireEvents(wire, options);
  const seen = await converse(wire, events, endpoint, options);
  if ('connack' in seen) {
    const { tls, remoteAddress } = dialled;
    const facts = {
      ...seen,
      ...(tls === undefined ? {} : { tls }),
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
    };
    return { ok: true, session: new Session(wire, events, version, facts) };
  }
  wire.abandon();
  const circumstances = { endpoint, version, credentials, aborted: signal.aborted, firstBytes: firstBytes() };
  return { ok: false, failure: failureOf(seen, circumstances) };
}

/** How far an unsuccessful opening came. */
export interface Broken {
  readonly phase: 'upgrade' | 'connect';
  /** Present where the upgrade was refused. */
  readonly head?: HttpHead;
  /** Undefined: nothing came in time. */
  readonly event?: WireEvent;
  /** Milliseconds that were waited at most. */
  readonly waited: number;
  /** The last rule that the peer broke. */
  readonly violation?: string;
}

type Answered = Pick<SessionFacts, 'connack' | 'roundTripMs' | 'subprotocol' | 'server'>;

async function converse(
  wire: Wire,
  events: WireEvents,
  endpoint: Endpoint,
  options: SessionOptions,
): Promise<Answered | Broken> {
  const waited = options.within ?? WITHIN;
  let told: Pick<SessionFacts, 'subprotocol' | 'server'> = {};
  if (wire.websocket) {
    const { head, event } = await upgrade(wire, events, endpoint, options);
    if (head === undefined || !/^HTTP\/\d\.\d 101\b/.test(head.startLine)) {
      return {
        phase: 'upgrade',
        waited,
        ...(head === undefined ? {} : { head }),
        ...(event === undefined ? {} : { event }),
      };
    }
    told = { ...field(head, 'Sec-WebSocket-Protocol', 'subprotocol'), ...field(head, 'Server', 'server') };
  }
  const sentAt = options.clock.now();
  wire.sendMqtt(encode(connectPacket(options), options.version));
  const event = await events.next(decides, waited);
  if (event?.kind !== 'packet' || event.packet.type !== 'CONNACK' || event.packet.reasonCode !== 0) {
    const { violation } = events;
    return {
      phase: 'connect',
      waited,
      ...(event === undefined ? {} : { event }),
      ...(violation === undefined ? {} : { violation }),
    };
  }
  return { connack: event.packet, roundTripMs: event.at - sentAt, ...told };
}

export interface Upgrading extends Pick<SessionOptions, 'random' | 'headers' | 'within'> {
  readonly extensions?: string;
}

/** Asks for the upgrade and waits for its head. */
export async function upgrade(
  wire: Wire,
  events: WireEvents,
  endpoint: Endpoint,
  options: Upgrading,
): Promise<{ readonly head?: HttpHead; readonly event?: WireEvent }> {
  const { host, port, transport, path } = endpoint;
  const standard = port === (transport === 'ws' ? 80 : 443);
  const request = buildUpgradeRequest({
    host: standard ? shownHost(host) : `${shownHost(host)}:${port}`,
    target: path,
    key: encodeBase64(options.random.bytes(16)),
    rawLines: options.headers.map(([name, value]) => `${name}: ${value}`),
    ...(options.extensions === undefined ? {} : { extensions: options.extensions }),
  });
  wire.sendHttp(request, 'GET (upgrade)', new Uint8Array(0));
  const event = await events.next((one) => one.kind !== 'violation', options.within ?? WITHIN);
  if (event === undefined) return {};
  return event.kind === 'http' ? { event, head: event.head } : { event };
}

function field<K extends string>(head: HttpHead, name: string, key: K): { [P in K]?: string } {
  const value = headerList(head, name);
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: string });
}

/** Ping and Pong tell nothing about MQTT; a Close frame does. */
const decides = (event: WireEvent): boolean =>
  event.kind === 'packet' ||
  event.kind === 'end' ||
  event.kind === 'unreadable' ||
  (event.kind === 'frame' && event.frame.opcode === 8);

function connectPacket({ version, clientId, credentials, connect }: SessionOptions): Connect {
  return {
    type: 'CONNECT',
    protocolName: 'MQTT',
    protocolLevel: version === '5.0' ? 5 : 4,
    cleanStart: true,
    keepAlive: 60,
    clientId,
    ...(credentials.username === undefined ? {} : { username: credentials.username }),
    ...(credentials.password === undefined ? {} : { password: credentials.password }),
    ...connect,
  };
}
