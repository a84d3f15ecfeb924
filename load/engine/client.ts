/** One MQTT client: opens, subscribes, acknowledges, ends. Publishing is in `publisher.ts`, what arrives in `arrivals.ts`. */
import { decode, encode, reasonName, type Connack, type Packet } from '#wire';
import type { EndKind } from '../profiles/profile.ts';
import type { PlannedPopulation } from '../profiles/plan.ts';
import { clientIdOf, filtersOf } from '../profiles/topology.ts';
import { connectPacket } from './connect-packet.ts';
import { Connection, type ConnectionOwner } from './connection.ts';
import type { Inbox } from './inbox.ts';
import { recordOpening } from './opening.ts';
import type { Publisher } from './publisher.ts';
import { receivePublish } from './arrivals.ts';
import type { Shop } from './shop.ts';
import { leaveWill } from './wills.ts';
import { now } from './time.ts';

/** `silent`: the socket is there, but nobody uses it. */
export type ClientState = 'idle' | 'opening' | 'open' | 'silent';

/** Told once when what was asked for has come to an end, good or bad. */
export type Settled = () => void;

const NOTHING: Settled = () => undefined;

export class Client implements ConnectionOwner {
  readonly shop: Shop;
  readonly index: number;
  readonly population: PlannedPopulation;
  state: ClientState = 'idle';
  connection: Connection | undefined;
  inbox: Inbox | undefined;
  publisher: Publisher | undefined;
  /** When the phase that is under way began: the deadline counts from here. */
  phaseSince = 0;
  lastSent = 0;
  /** PINGREQ is out. */
  pinged = false;
  /** Connections that came to CONNACK. */
  rounds = 0;
  /** What the broker allows in flight (5.0 §3.2.2.3.3). */
  receiveMaximum = 65_535;
  /** QoS 1 and 2 deliveries for which nothing final has been written yet, and those of them whose answer is in the buffer. */
  unacknowledged = 0;
  answering = 0;
  /** Identifiers of QoS 2 deliveries before PUBREL. */
  unreleased: Set<number> | undefined;
  keepAliveMs: number;
  #intended = 0;
  #asked = 0;
  #owed = 0;
  #waitsFor: 'SUBACK' | 'UNSUBACK' | undefined;
  #settled: Settled = NOTHING;
  #nextId = 0;
  /** It should be connected. */
  #wanted = false;
  #session: Buffer | undefined;

  constructor(shop: Shop, index: number, population: PlannedPopulation) {
    this.shop = shop;
    this.index = index;
    this.population = population;
    this.keepAliveMs = population.keepAliveSeconds * 1000;
  }

  /** From 0, in its population. */
  get local(): number {
    return this.index - this.population.first;
  }

  takeId(): number {
    this.#nextId = this.#nextId === 65_535 ? 1 : this.#nextId + 1;
    return this.#nextId;
  }

  /** Connects, and subscribes where it does that at once. */
  open(intended: number, settled: Settled): void {
    const { shop } = this;
    if (this.state === 'opening' || this.state === 'open') return settled();
    if (this.state === 'silent') this.connection?.reset();
    const started = now();
    shop.punctual(intended, intended, started);
    this.state = 'opening';
    this.#intended = intended;
    this.#settled = settled;
    if (!this.#wanted) shop.wanted += 1;
    this.#wanted = true;
    this.#begin(started);
    const { tlsResume } = this.population;
    // Spread evenly, not by chance: clients 0, 2, 4… for a half.
    const resumes =
      Math.floor((this.local + this.rounds + 1) * tlsResume) > Math.floor((this.local + this.rounds) * tlsResume);
    this.connection = new Connection(shop, this, this.index, resumes ? this.#session : undefined);
    if (tlsResume > 0) this.connection.onSession((session) => (this.#session = session));
  }

  #begin(at: number): void {
    this.phaseSince = at;
    this.shop.opening.delete(this);
    this.shop.opening.add(this);
  }

  #finish(): void {
    this.shop.opening.delete(this);
    this.#waitsFor = undefined;
    const settled = this.#settled;
    this.#settled = NOTHING;
    settled();
  }

  ready(): void {
    const { shop } = this;
    this.#begin(now());
    this.send(connectPacket(shop, this.index, this.population));
    shop.ring.note(this.index, '> CONNECT', 0, now());
  }

  /** At once, in a write of its own. */
  send(packet: Packet): void {
    this.shop.put(encode(packet, this.shop.plan.version));
    this.flush();
  }

  flush(): void {
    if (this.shop.out.length === 0) return;
    this.lastSent = now();
    this.connection?.flush();
  }

  read(): void {
    this.flush();
    this.unacknowledged -= this.answering;
    this.answering = 0;
  }

  get publishes(): boolean {
    return this.publisher !== undefined;
  }

  drained(): void {
    this.publisher?.resume(now());
  }

  packet(bytes: Uint8Array, start: number, body: number, end: number): boolean {
    const type = (bytes[start] as number) >> 4;
    if (type === 3 && this.state === 'open') return receivePublish(this, bytes, start, body, end);
    if (type >= 4 && type <= 7 && end - body === 2) {
      this.#reply(type, ((bytes[body] as number) << 8) | (bytes[body + 1] as number), 0);
      return true;
    }
    const decoded = decode(bytes.slice(start, end), { version: this.shop.plan.version, from: 'server' });
    if (decoded.packet === undefined) {
      this.connection?.fail('malformed', `the broker sent a malformed packet: ${decoded.violation.message}`);
      return false;
    }
    return this.#other(decoded.packet);
  }

  #reply(type: number, packetId: number, code: number): void {
    if (type === 6) {
      this.unreleased?.delete(packetId);
      this.shop.putReply(0x70, packetId);
      this.answering += 1;
      this.shop.ring.note(this.index, '< PUBREL', packetId, this.shop.arrival);
    } else this.publisher?.answered(type, packetId, code);
  }

  #other(packet: Packet): boolean {
    const { shop } = this;
    switch (packet.type) {
      case 'CONNACK':
        return this.#connack(packet);
      case 'SUBACK':
      case 'UNSUBACK':
        shop.ring.note(this.index, packet.type === 'SUBACK' ? '< SUBACK' : '< UNSUBACK', packet.packetId, shop.arrival);
        this.#granted(packet.type, packet.reasonCodes);
        return true;
      case 'PUBACK':
      case 'PUBREC':
      case 'PUBREL':
      case 'PUBCOMP':
        this.#reply({ PUBACK: 4, PUBREC: 5, PUBREL: 6, PUBCOMP: 7 }[packet.type], packet.packetId, packet.reasonCode);
        return true;
      case 'PINGRESP':
        this.pinged = false;
        return true;
      case 'DISCONNECT':
        shop.ring.note(this.index, '< DISCONNECT', 0, shop.arrival);
        this.connection?.fail('dropped', `the broker sent DISCONNECT: ${reasonName('DISCONNECT', packet.reasonCode)}`);
        return false;
      default:
        this.connection?.fail('malformed', `the broker sent ${packet.type}, which nobody waited for`);
        return false;
    }
  }

  #connack(packet: Connack): boolean {
    const { shop } = this;
    const at = shop.arrival;
    shop.ring.note(this.index, '< CONNACK', 0, at);
    if (packet.reasonCode !== 0) {
      const reason =
        shop.plan.version === '5.0' ? reasonName('CONNACK', packet.reasonCode) : `return code ${packet.reasonCode}`;
      this.connection?.fail('connack-refused', `CONNACK refuses: ${reason}`);
      return false;
    }
    const { receiveMaximum, serverKeepAlive } = packet.properties ?? {};
    this.receiveMaximum = receiveMaximum ?? 65_535;
    if (serverKeepAlive !== undefined) this.keepAliveMs = serverKeepAlive * 1000;
    recordOpening(shop, this.connection as Connection, this.#intended, at);
    this.rounds += 1;
    this.state = 'open';
    shop.connections += 1;
    const subscribes = this.population.subscribe.length > 0 && this.population.subscribeWhen === 'connected';
    if (!subscribes || packet.sessionPresent) this.#finish();
    else this.#subscribe();
    this.publisher?.resume(at);
    return true;
  }

  subscribe(intended: number, settled: Settled): void {
    if (this.state !== 'open' || this.#waitsFor !== undefined) return settled();
    this.shop.punctual(intended, intended, now());
    this.#settled = settled;
    this.#subscribe();
  }

  /** In the same turn as the `unsubscribe` before. */
  subscribeAgain(settled: Settled): void {
    if (this.state !== 'open') return settled();
    this.#settled = settled;
    this.#subscribe();
  }

  /** Not through with what it was asked for. */
  get busy(): boolean {
    return this.state === 'opening' || this.#waitsFor !== undefined;
  }

  #subscribe(): void {
    const { shop, population, inbox } = this;
    this.#asked = now();
    const all = filtersOf(shop.plan, population, this.local).map(({ filter, qos }) => ({
      filter,
      qos,
      noLocal: false,
      retainAsPublished: false,
      retainHandling: 0 as const,
    }));
    if (inbox !== undefined) {
      inbox.begin(shop.setup.tables.sent);
      inbox.unsubscribedAt = Infinity;
      inbox.subscribedAt = this.#asked;
    }
    this.#ask('SUBACK', all.length, (from, to) => {
      const packetId = this.takeId();
      shop.ring.note(this.index, '> SUBSCRIBE', packetId, this.#asked);
      return { type: 'SUBSCRIBE', packetId, subscriptions: all.slice(from, to) };
    });
  }

  unsubscribe(intended: number, settled: Settled): void {
    const { shop } = this;
    if (this.state !== 'open' || this.#waitsFor !== undefined) return settled();
    this.#asked = now();
    shop.punctual(intended, intended, this.#asked);
    this.#settled = settled;
    const all = filtersOf(shop.plan, this.population, this.local).map(({ filter }) => filter);
    this.#ask('UNSUBACK', all.length, (from, to) => {
      const packetId = this.takeId();
      shop.ring.note(this.index, '> UNSUBSCRIBE', packetId, this.#asked);
      return { type: 'UNSUBSCRIBE', packetId, filters: all.slice(from, to) };
    });
  }

  #ask(waitsFor: 'SUBACK' | 'UNSUBACK', filters: number, packet: (from: number, to: number) => Packet): void {
    this.#waitsFor = waitsFor;
    this.#owed = 0;
    this.#begin(this.#asked);
    for (let from = 0; from < filters; from += this.shop.limits.filters) {
      this.#owed += 1;
      this.shop.put(encode(packet(from, from + this.shop.limits.filters), this.shop.plan.version));
    }
    this.flush();
  }

  #granted(type: 'SUBACK' | 'UNSUBACK', codes: readonly number[]): void {
    const { shop, inbox } = this;
    if (this.#waitsFor !== type) return;
    const measured = shop.meters.measures(this.#asked);
    const refused = codes.find((code) => code >= 0x80);
    if (refused !== undefined) {
      if (type === 'SUBACK') shop.meters.count('subscriptions_refused', measured);
      if (type === 'SUBACK' && inbox !== undefined) inbox.active = false;
      shop.meters.error(`${type.toLowerCase()}-refused`, `${type} refuses with 0x${refused.toString(16)}`);
    }
    this.#owed -= 1;
    if (this.#owed > 0) return;
    if (type === 'SUBACK') {
      shop.meters.count('subscriptions', measured);
      if (inbox?.mode === 'retained') {
        inbox.rounds += 1;
        if (measured) inbox.measuredRounds += 1;
      }
    } else if (inbox !== undefined) inbox.unsubscribedAt = shop.arrival;
    if (measured)
      shop.meters.trends[type === 'SUBACK' ? 'suback_time' : 'unsuback_time'].record(shop.arrival - this.#asked);
    this.#finish();
  }

  /** Ends the connection on purpose. */
  end(how: EndKind, intended: number): void {
    const { shop, connection } = this;
    if (this.state !== 'open' || connection === undefined) return;
    const at = now();
    shop.punctual(intended, intended, at);
    shop.connections -= 1;
    if (this.#wanted) shop.wanted -= 1;
    this.#wanted = false;
    if (how === 'disconnect') {
      shop.ring.note(this.index, '> DISCONNECT', 0, at);
      this.send({ type: 'DISCONNECT', reasonCode: 0 });
    } else if (this.population.will !== undefined) leaveWill(this, how, at);
    this.state = how === 'half-open' ? 'silent' : 'idle';
    if (how === 'half-open') connection.silence();
    else if (how === 'reset') connection.reset();
    else connection.end(how === 'disconnect');
    this.#gone();
  }

  #gone(): void {
    this.unacknowledged = 0;
    this.answering = 0;
    this.unreleased = undefined;
    this.pinged = false;
    this.publisher?.gone();
    this.#finish();
  }

  ended(kind: string, message: string): void {
    const { shop } = this;
    const measured = shop.meters.measures(now());
    shop.meters.error(kind, message, () => shop.ring.transcript(this.index, shop.setup.originMs));
    if (this.state === 'opening') shop.meters.count('connections_failed', shop.meters.measures(this.#intended));
    else if (this.state === 'open') {
      shop.meters.count('connections_dropped', measured);
      shop.connections -= 1;
    }
    this.state = 'idle';
    this.#gone();
  }

  /** The run is over: nothing stays on the broker. */
  leave(): void {
    const { connection, shop } = this;
    if (this.state !== 'open' || connection === undefined) return connection?.reset();
    const properties =
      shop.plan.version === '5.0' && this.population.sessionSeconds > 0 ? { sessionExpiryInterval: 0 } : undefined;
    this.publisher?.clearRetained();
    this.send({ type: 'DISCONNECT', reasonCode: 0, ...(properties === undefined ? {} : { properties }) });
    this.state = 'idle';
    connection.end(true);
  }

  /** A phase took too long. */
  overdue(): void {
    const { connection } = this;
    if (connection === undefined) return;
    const waited = this.#waitsFor ?? (connection.phase === 'open' ? 'CONNACK' : connection.phase);
    connection.fail(`timeout-${waited.toLowerCase()}`, `no ${waited} within ${this.shop.limits.phaseMs / 1000} s`);
  }

  /** Called about once a second. */
  keepAlive(at: number): void {
    if (this.state !== 'open' || this.keepAliveMs === 0 || at - this.lastSent < this.keepAliveMs * 0.75) return;
    this.ping();
  }

  ping(): void {
    this.pinged = true;
    this.send({ type: 'PINGREQ' });
  }

  get id(): string {
    return clientIdOf(this.shop.plan, this.index);
  }
}
