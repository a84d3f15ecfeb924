/** What a body gets: the door to the broker, names that nobody else uses, and words for what it sees. */
import type { MqttVersion, RequirementKey } from '#spec';
import type { Transport, TlsMaterial } from '#target';
import {
  fragmentMessage,
  OPCODES,
  splitFrames,
  type Connect,
  type FrameToSend,
  type Properties,
  type Publish,
  type Will,
} from '#wire';
import { sleep } from '#io';
import { admission, type Admission, type AdmissionInput } from './admission.ts';
import * as build from './builders.ts';
import type { Client, ClientOptions } from './client.ts';
import {
  connectDeviation,
  deviation,
  deviations,
  type ConnectDeviation,
  type Deviation,
  type Deviations,
} from './deviation.ts';
import { request, type Exchange, type RequestInput } from './exchange.ts';
import { openProfile, openTab, type CaseTab, type Profile, type TabOptions } from './browser.ts';
import { foreignDoor, openForeign, type ForeignClient, type ForeignOptions } from './foreign.ts';
import { SetupFailed, Skipped, TOO_LATE } from './outcomes.ts';
import { Pki } from './pki.ts';
import { openClient, connectClient, type Door } from './open.ts';
import { openRawTls, type RawTls } from './raw-tls.ts';
import { word } from './random.ts';
import { roundTrip } from './round-trip.ts';
import { stream, type StreamInput } from './stream.ts';
import { unmet, type Scope, type Timing } from './scope.ts';

export interface ConnectOptions extends Partial<Omit<Connect, 'type'>>, ClientOptions {
  /** Another door of the same broker. */
  readonly door?: Door;
}

export class CaseContext<Row = undefined> {
  readonly row: Row;
  readonly scope: Scope;
  /** Every connection of this instance, in the order of opening. */
  readonly clients: Client[] = [];
  readonly foreigners: ForeignClient[] = [];
  /** Connections below TLS. */
  readonly raws: RawTls[] = [];
  readonly tabs: CaseTab[] = [];
  /** What OBSERVE and MAY requirements were seen to be. */
  readonly observations: string[] = [];
  readonly #prefix: string;
  readonly #profiles = new Map<TlsMaterial, Promise<Profile>>();

  constructor(scope: Scope, row: Row) {
    this.scope = scope;
    this.row = row;
    this.#prefix = `${scope.target.topicPrefix}${word(scope.random, 8)}`;
  }

  get version(): MqttVersion {
    return this.scope.instance.version;
  }

  get transport(): Transport {
    return this.scope.instance.transport;
  }

  get websocket(): boolean {
    return this.transport === 'ws' || this.transport === 'wss';
  }

  get timing(): Timing {
    return this.scope.timing;
  }

  /** Milliseconds of so many round trips to this broker. */
  roundTrips(count: number): number {
    return count * (this.timing.roundTripMs ?? 0);
  }

  /** Whole seconds, at least `least`: room for so many round trips where the way to the broker is long. */
  seconds(least: number, roundTrips: number): number {
    return least + Math.round(this.roundTrips(roundTrips) / 1000);
  }

  /** The builders of packets, in the spoken version. */
  readonly packet = {
    connect: (fields: Partial<Omit<Connect, 'type'>> = {}): Connect =>
      build.connect(this.version, {
        ...this.credentials(),
        clientId: this.clientId(),
        keepAlive: this.keepAlive,
        ...fields,
      }),
    publish: build.publish,
    subscribe: build.subscribe,
    unsubscribe: build.unsubscribe,
    disconnect: build.disconnect,
    auth: build.auth,
    pingreq: { type: 'PINGREQ' },
    puback: (packetId: number, reasonCode?: number) => build.reply('PUBACK', packetId, reasonCode),
    pubrec: (packetId: number, reasonCode?: number) => build.reply('PUBREC', packetId, reasonCode),
    pubrel: (packetId: number, reasonCode?: number) => build.reply('PUBREL', packetId, reasonCode),
    pubcomp: (packetId: number, reasonCode?: number) => build.reply('PUBCOMP', packetId, reasonCode),
  } as const;

  /** A frame of this side, masked as the standard obliges a client; `more` says what is unusual about it. */
  frame(opcode: keyof typeof OPCODES, payload: string | Uint8Array = '', more: Partial<FrameToSend> = {}): FrameToSend {
    return { opcode: OPCODES[opcode], payload: build.octets(payload), maskingKey: this.scope.random.bytes(4), ...more };
  }

  /** A message in fragments of these sizes; the last size repeats, 0 makes an empty fragment. */
  fragments(payload: Uint8Array, sizes: readonly number[], opcode: 'binary' | 'text' = 'binary'): FrameToSend[] {
    return fragmentMessage(OPCODES[opcode], payload, sizes, () => this.scope.random.bytes(4));
  }

  /** Octets cut over whole binary frames of these sizes; the last size repeats. */
  cut(bytes: Uint8Array, sizes: readonly number[]): FrameToSend[] {
    return splitFrames(bytes, sizes, () => this.scope.random.bytes(4));
  }

  /** Fields of a CONNECT whose session outlives its connection. */
  keepsSession(): Pick<ConnectOptions, 'cleanStart' | 'properties'> {
    return { cleanStart: false, ...(this.version === '5.0' ? { properties: { sessionExpiryInterval: 300 } } : {}) };
  }

  will(topic: string, payload: string | Uint8Array, more: Partial<Omit<Will, 'topic' | 'payload'>> = {}): Will {
    return build.will(topic, payload, more);
  }

  /** A topic name of this instance alone; the same for the same suffix. */
  topic(suffix = 't'): string {
    return `${this.#prefix}/${suffix}`;
  }

  /** A fresh client id: letters and digits, at most 23. */
  clientId(): string {
    const { clientIdPrefix } = this.scope.target;
    return `${clientIdPrefix}${word(this.scope.random, Math.max(8, 14 - clientIdPrefix.length))}`;
  }

  /** Milliseconds for one more of what has come already: a server may also hold it back, which is not late. */
  get moreMs(): number {
    return 1_000 + this.roundTrips(2);
  }

  /** Seconds in which a case is done with any of its clients. */
  get keepAlive(): number {
    return this.seconds(60, 120);
  }

  credentials(): Pick<Connect, 'username' | 'password'> {
    const { username, password } = this.scope.target.credentials;
    return { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
  }

  /** Opened, but no CONNECT sent. */
  async open(options: ClientOptions & { readonly door?: Door; readonly clientId?: string } = {}): Promise<Client> {
    return openClient(this, options.clientId ?? this.clientId(), options);
  }

  /** Connected; a refusal makes the instance inconclusive. */
  async connect(options: ConnectOptions = {}): Promise<Client> {
    return connectClient(this, options);
  }

  /** Certificates to try; skips where the user named no folder of them. */
  get pki(): Pki {
    return new Pki(this.scope.target.pki);
  }

  /** Asks to be let in over TLS, with a certificate and in a way of its own; a refusal is a result. */
  async admission(input: AdmissionInput = {}): Promise<Admission> {
    return admission(this, input);
  }

  /** An opening handshake of its own making (WebSocket only). */
  async request(input: RequestInput = {}): Promise<Exchange> {
    return request(this, input);
  }

  /** A client library of another hand, its packets watched at the relay; skipped where it can't be had. */
  async foreign(name: 'mqttjs', options: Partial<ForeignOptions> = {}): Promise<ForeignClient> {
    const client = await openForeign(this, name, options);
    this.foreigners.push(client);
    return client;
  }

  /** A page in a real browser, beside the others of this instance; skipped where there is no browser. */
  async tab({ elsewhere = false, tls = this.scope.target.tls }: TabOptions = {}): Promise<CaseTab> {
    const door = foreignDoor(this.scope);
    const profile = this.#profiles.get(tls) ?? openProfile(this, { ...door, target: { ...door.target, tls } });
    this.#profiles.set(tls, profile);
    const tab = await openTab(this, await profile, elsewhere);
    this.tabs.push(tab);
    return tab;
  }

  /** Frees what is not the broker's. */
  async dispose(): Promise<void> {
    const profiles = await Promise.allSettled(this.#profiles.values());
    const opened = profiles.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all([...this.foreigners, ...opened].map((one) => one.dispose()));
  }

  /** TCP alone to a door, also to one of TLS: octets of its own making below all that is usual. */
  async rawTls(door?: Door): Promise<RawTls> {
    return openRawTls(this, door);
  }

  /** Sends something illegal beside its undeviating twin, and expects the end. */
  async deviation(input: Deviation): Promise<Client> {
    return deviation(this, input);
  }

  /** Several deviations from one control, each on a connection of its own; all must end. */
  async deviations(input: Deviations): Promise<void> {
    await deviations(this, input);
  }

  /** The same for CONNECT itself. */
  async connectDeviation(input: ConnectDeviation): Promise<Client> {
    return connectDeviation(this, input);
  }

  /** From one to another, and back as a proof that both are served: a broker must route, not echo. */
  async roundTrip(
    from: Client,
    to: Client,
    options: { readonly qos?: Publish['qos']; readonly properties?: Properties } = {},
  ): Promise<void> {
    await roundTrip(this, from, to, options);
  }

  /** Many messages in a row, compared octet by octet; tells the size at which the connection ended where that is allowed. */
  async stream(input: StreamInput): Promise<number | undefined> {
    return stream(this, input);
  }

  /** Waits `ms` milliseconds of the clock: only where the protocol itself makes us wait. */
  async sleep(ms: number): Promise<void> {
    this.scope.story.tell(`wait ${ms} ms`);
    await this.pause(ms);
  }

  /** The same, as no step of the story. */
  async pause(ms: number): Promise<void> {
    await sleep(this.scope.clock, ms, this.scope.signal);
  }

  /**
   * What follows is only the server's duty within `ms` milliseconds of `since` (a time of the clock, before the send): where
   * more have passed, by whoever's doing, nothing is judged and the instance runs again (BROKERS.md, lesson 25).
   */
  inTime(since: number, ms: number): void {
    const passed = this.scope.clock.now() - since;
    if (passed >= ms) throw new SetupFailed(`${TOO_LATE}: ${Math.round(passed)} ms had passed, and ${ms} were allowed`);
  }

  /** Tells which of the allowed ways was taken. */
  observe(what: string): void {
    this.scope.story.tell(`observed: ${what}`);
    this.observations.push(what);
  }

  /** What the case is about is absent, or didn't happen. */
  skip(reason: string): never {
    throw new Skipped(reason);
  }

  /** A judgement that no matcher makes. */
  check(
    met: boolean,
    message: string,
    more: { readonly breaks?: RequirementKey; readonly expected?: string; readonly actual?: string } = {},
  ): void {
    if (met) return;
    const { breaks, ...rest } = more;
    unmet(this.scope, { message, ...rest, ...(breaks === undefined ? {} : { requirement: breaks }) });
  }

  /** A note of what was seen, judged by its own requirement, without ending the body. */
  finding(breaks: RequirementKey, message: string): void {
    this.scope.findings.add({ requirement: breaks, message });
  }
}
