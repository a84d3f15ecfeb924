/** What a broker can do, and how fast, found out by a few harmless round trips of our own. */
import { openSession, type Session, type SessionOptions } from '#net';
import { TIMING_BOUNDS, type Endpoint } from '#target';
import type { Packet, Properties, Publish, Qos, Suback } from '#wire';

export interface Examination {
  /** Milliseconds: CONNECT to CONNACK, SUBSCRIBE to SUBACK, PUBLISH to its own delivery. */
  readonly roundTrips: readonly number[];
  /** Milliseconds until a subscription had taken effect, the slowest; undefined: nothing was ever delivered. */
  readonly settleMs: number | undefined;
  readonly maximumQos: Qos | undefined;
  readonly retain: boolean | undefined;
  readonly wildcard: boolean | undefined;
  readonly shared: boolean | undefined;
  /** 5.0 only. */
  readonly subid: boolean | undefined;
  /** What `$SYS/broker/version` says. */
  readonly brokerVersion: string | undefined;
}

/** Milliseconds that one answer may take here: a broker that is slower is not judged slow, only unknown. */
const ANSWER = 3_000;
const ROUNDS = 3;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class Examiner {
  readonly #endpoint: Endpoint;
  readonly #options: SessionOptions;
  readonly #prefix: string;
  #session: Session | undefined;
  #packetId = 0;
  #topics = 0;
  readonly #roundTrips: number[] = [];

  /** `prefix` of all topics that are used. */
  constructor(endpoint: Endpoint, options: SessionOptions, prefix: string) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.#prefix = prefix;
  }

  async examine(): Promise<Omit<Examination, 'brokerVersion'>> {
    const found: Writable<Omit<Examination, 'brokerVersion'>> = {
      roundTrips: this.#roundTrips,
      settleMs: undefined,
      maximumQos: undefined,
      retain: undefined,
      wildcard: undefined,
      shared: undefined,
      subid: undefined,
    };
    found.maximumQos = await this.grantedQos();
    found.settleMs = await this.settling();
    // Where nothing is delivered at all, silence about retained messages says nothing.
    if (found.settleMs !== undefined) found.retain = await this.keepsRetained(found.maximumQos);
    found.wildcard = await this.takes(`${this.topic()}/+`);
    found.shared = await this.takes(`$share/mqttspec/${this.topic()}`);
    if (this.#options.version === '5.0') found.subid = await this.takes(this.topic(), { subscriptionIdentifiers: [1] });
    this.#session?.close();
    return found;
  }

  /** What `$SYS/broker/version` says. Where there is none, this waits: on a connection of its own, beside the rest. */
  async brokerVersion(): Promise<string | undefined> {
    const found = await this.version();
    this.#session?.close();
    return found;
  }

  /** QoS that a subscription is granted; some brokers grant what they don't deliver: cases find out. */
  private async grantedQos(): Promise<Qos | undefined> {
    const code = await this.subscribe(this.topic(), 2);
    return code === 0 || code === 1 || code === 2 ? code : undefined;
  }

  /** A message is repeated until it comes through: that tells settling from loss (BROKERS.md, lesson 8). */
  private async settling(): Promise<number | undefined> {
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const topic = this.topic();
      if ((await this.subscribe(topic, 0)) === undefined) return undefined;
      const took = await this.untilDelivered(topic);
      if (took === undefined) return undefined;
      slowest = Math.max(slowest, took);
    }
    return slowest;
  }

  private async untilDelivered(topic: string): Promise<number | undefined> {
    const { clock } = this.#options;
    const session = await this.session();
    if (session === undefined) return undefined;
    const subscribed = clock.now();
    const sent: number[] = [];
    const pause = Math.max(20, 3 * Math.max(...this.#roundTrips));
    while (clock.now() - subscribed < TIMING_BOUNDS.settleMs.most) {
      sent.push(clock.now());
      session.send(publish(topic, { payload: Uint8Array.of(sent.length - 1) }));
      const came = await session.next(isPublish(topic), pause);
      if (came === undefined) continue;
      const first = sent[came.payload[0] ?? 0] ?? subscribed;
      this.#roundTrips.push(clock.now() - first);
      return first === sent[0] ? 0 : first - subscribed;
    }
    return undefined;
  }

  /** With QoS 1 where it can: a retained message of QoS 0 may be forgotten at any time (3.1.1 §3.3.1.3, 5.0 §3.3.1.3). */
  private async keepsRetained(granted: Qos | undefined): Promise<boolean | undefined> {
    const { clock } = this.#options;
    const topic = this.topic();
    const session = await this.session();
    if (session === undefined) return undefined;
    const acknowledged = granted === 1 || granted === 2 ? ({ qos: 1, packetId: this.packetId() } as const) : {};
    session.send(publish(topic, { retain: true, payload: Uint8Array.of(1), ...acknowledged }));
    session.send({ type: 'PINGREQ' });
    // A broker without them ends the connection (5.0 §3.2.2.3.5).
    if ((await session.next(isType('PINGRESP'), ANSWER)) === undefined) return session.over ? false : undefined;
    const stored = clock.now();
    const patience = Math.max(50, 4 * Math.max(...this.#roundTrips));
    let kept = false;
    while (!kept && clock.now() - stored < 1_000) {
      if ((await this.subscribe(topic, 0)) === undefined) break;
      kept = (await (await this.session())?.next(isPublish(topic), patience)) !== undefined;
    }
    (await this.session())?.send(publish(topic, { retain: true, payload: new Uint8Array(0) }));
    return kept;
  }

  private async takes(filter: string, properties?: Properties): Promise<boolean | undefined> {
    const code = await this.subscribe(filter, 0, properties);
    return code === undefined ? undefined : code < 0x80;
  }

  private async version(): Promise<string | undefined> {
    const topic = '$SYS/broker/version';
    const code = await this.subscribe(topic, 0);
    if (code === undefined || code >= 0x80) return undefined;
    const came = await (await this.session())?.next(isPublish(topic), Math.max(30, 4 * Math.max(...this.#roundTrips)));
    return came === undefined ? undefined : printable(came.payload);
  }

  /** The code of SUBACK; 0x100 where the broker closes instead: refused all the same. Undefined: no answer. */
  private async subscribe(filter: string, qos: Qos, properties?: Properties): Promise<number | undefined> {
    const session = await this.session();
    if (session === undefined) return undefined;
    const packetId = this.packetId();
    const { clock } = this.#options;
    const sentAt = clock.now();
    session.send({
      type: 'SUBSCRIBE',
      packetId,
      subscriptions: [{ filter, qos, noLocal: false, retainAsPublished: false, retainHandling: 0 }],
      ...(properties === undefined ? {} : { properties }),
    });
    const suback = await session.next(isSuback(packetId), ANSWER);
    if (suback !== undefined) {
      this.#roundTrips.push(clock.now() - sentAt);
      return suback.reasonCodes[0];
    }
    return session.over ? 0x100 : undefined;
  }

  /** The one in use, or a new one where the broker has closed it. */
  private async session(): Promise<Session | undefined> {
    if (this.#session !== undefined && !this.#session.over) return this.#session;
    const clientId = `${this.#options.clientId}x${this.#topics}`;
    const opened = await openSession(this.#endpoint, { ...this.#options, clientId });
    this.#session = opened.ok ? opened.session : undefined;
    if (opened.ok) this.#roundTrips.push(opened.session.facts.roundTripMs);
    return this.#session;
  }

  private packetId(): number {
    this.#packetId += 1;
    return this.#packetId;
  }

  private topic(): string {
    this.#topics += 1;
    return `${this.#prefix}${this.#topics}`;
  }
}

export const isSuback =
  (packetId: number) =>
  (packet: Packet): packet is Suback =>
    packet.type === 'SUBACK' && packet.packetId === packetId;

export const isPublish =
  (topic: string) =>
  (packet: Packet): packet is Publish =>
    packet.type === 'PUBLISH' && packet.topic === topic;

export const isType =
  <T extends Packet['type']>(type: T) =>
  (packet: Packet): packet is Extract<Packet, { readonly type: T }> =>
    packet.type === type;

export function publish(topic: string, fields: Partial<Publish>): Publish {
  return { type: 'PUBLISH', topic, payload: new Uint8Array(0), qos: 0, retain: false, dup: false, ...fields };
}

/** A broker's words go to terminals and reports. */
function printable(bytes: Uint8Array): string | undefined {
  const text = Array.from(bytes.subarray(0, 80), (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?',
  );
  return text.length === 0 ? undefined : text.join('');
}
