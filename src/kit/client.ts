/**
 * The well-behaved client: keep-alive 60, acknowledges what it is sent, obeys CONNACK, answers pings and Close,
 * so that a case only says where it deviates.
 */
import type { RequirementKey } from '#spec';
import {
  decode,
  describe,
  encode,
  type Connack,
  type FrameToSend,
  type Mutation,
  type Packet,
  type Properties,
  type Publish,
  type Suback,
  type Unsuback,
} from '#wire';
import { sleep } from '#io';
import type { Inbound, Wire, WireEvent } from '#net';
import * as build from './builders.ts';
import type { RequestInput } from './exchange.ts';
import { isEndMatcher, judgeEnd, type EndMatcher } from './end-matcher.ts';
import type { Ending } from './ended.ts';
import { Link, type ExpectOptions } from './link.ts';
import { hexCode, type Matcher } from './matcher.ts';
import { SetupFailed, Skipped } from './outcomes.ts';
import { packetMatcher } from './packet-matchers.ts';
import { Referee } from './referee/referee.ts';
import type { Scope } from './scope.ts';
import { ANSWERS, type Answer } from './setup-keys.ts';

/** A packet, valid octets with one deviation, or plain octets. */
export type Sendable = Packet | Mutation | Uint8Array;

export type PublishOptions = Partial<Omit<Publish, 'type' | 'topic' | 'payload'>>;

export interface ClientOptions {
  /** False: PUBLISH of QoS 1 and 2 is left to the case to acknowledge. */
  readonly acknowledge?: boolean;
  /** What is unusual about its opening handshake (WebSocket only). */
  readonly upgrade?: RequestInput;
  /** True: packets leave compressed, where permessage-deflate was agreed. */
  readonly compress?: boolean;
}

/** Milliseconds that a PINGRESP may take longer for each packet that came before, and in all. */
const PING_BEHIND = { eachMs: 20, mostMs: 20_000 } as const;

const FIRST_BYTES = { CONNACK: 0x20 } as const;

export class Client {
  readonly id: string;
  readonly link: Link;
  readonly referee: Referee;
  /** Switched by cases about acknowledging. */
  acknowledge: boolean;
  connack: Connack | undefined;
  /** Answers of HTTP, in order. */
  readonly answers: Extract<WireEvent, { kind: 'http' }>[] = [];
  readonly #scope: Scope;
  #packetId = 0;
  readonly #firstBytes = new Set<number>();
  /** False where the case took leave of the rules: nothing is expected of this connection at the end. */
  wellBehaved = true;
  /** False where what answers need not be MQTT: another path may speak another protocol (BROKERS.md, lesson 10). */
  speaksMqtt = true;

  constructor(scope: Scope, wire: Wire, id: string, options: ClientOptions = {}) {
    this.#scope = scope;
    this.id = id;
    this.acknowledge = options.acknowledge ?? true;
    this.referee = new Referee(scope);
    wire.compresses = options.compress ?? false;
    this.link = new Link(scope, wire, (event) => this.handle(event));
  }

  get version(): Scope['instance']['version'] {
    return this.#scope.instance.version;
  }

  /** Whether a packet of this type came, readable or not. */
  answered(type: 'CONNACK'): boolean {
    return this.#firstBytes.has(FIRST_BYTES[type]);
  }

  get wire(): Wire {
    return this.link.wire;
  }

  /** What was agreed of permessage-deflate; undefined: nothing. */
  get deflation(): Wire['deflation'] {
    return this.wire.deflation;
  }

  /** How many PUBLISHes of QoS 1 and 2 may be open: 10 where a 3.1.1 server can't say (BROKERS.md, lesson 6). */
  get quota(): number {
    // A Receive Maximum of 0 is the referee's business: who goes on in steps of it comes to no end.
    return this.version === '5.0' ? Math.max(1, this.connack?.properties?.receiveMaximum ?? 65_535) : 10;
  }

  nextPacketId(): number {
    this.#packetId = (this.#packetId % 65_535) + 1;
    return this.#packetId;
  }

  /** Sends each as a packet of its own; over WebSocket each in a binary frame. */
  async send(...sendables: readonly Sendable[]): Promise<void> {
    for (const sendable of sendables) {
      this.link.sentAt = this.#scope.clock.now();
      this.wire.sendMqtt(this.prepare(sendable));
    }
    await Promise.resolve();
  }

  /** All in one frame (over TCP: in one write). */
  async sendJoined(...sendables: readonly Sendable[]): Promise<void> {
    const parts = sendables.map((sendable) => this.prepare(sendable));
    this.link.sentAt = this.#scope.clock.now();
    this.wire.sendMqtt(join(parts));
    await Promise.resolve();
  }

  /** Frames as they are; what they carry is not looked at. */
  async sendFrame(...frames: readonly FrameToSend[]): Promise<void> {
    this.link.sentAt = this.#scope.clock.now();
    for (const frame of frames) this.wire.sendFrame(frame);
    await Promise.resolve();
  }

  /** Frames in one write, which reach the broker together as far as TCP lets them. */
  async sendTogether(...frames: readonly FrameToSend[]): Promise<void> {
    this.link.sentAt = this.#scope.clock.now();
    this.wire.sendFrames(frames);
    await Promise.resolve();
  }

  /** Octets of packets, and the referee told of them; for those who frame them themselves. */
  prepare(sendable: Sendable): Uint8Array {
    if (sendable instanceof Uint8Array) return this.noteBytes(sendable);
    if ('bytes' in sendable) {
      this.#scope.story.tell(`send ${sendable.name}`);
      return this.noteBytes(sendable.bytes);
    }
    this.#scope.story.tell(`send ${describe(sendable)}`);
    this.referee.sent(sendable);
    this.remember(sendable);
    return encode(sendable, this.version);
  }

  private noteBytes(bytes: Uint8Array): Uint8Array {
    const decoded = decode(bytes, { version: this.version, from: 'client' });
    if (decoded.packet === undefined) this.referee.deviated(decoded.violation);
    else this.referee.sent(decoded.packet);
    return bytes;
  }

  /** What the run has to take away at its end. */
  private remember(packet: Packet): void {
    const { sessions, retained } = this.#scope.leftovers;
    // An alias stands for a topic that the case knows: it registers that one itself.
    const named = packet.type === 'PUBLISH' && packet.topic !== '';
    if (named && packet.retain && packet.payload.length > 0) retained.add(packet.topic);
    if (packet.type !== 'CONNECT') return;
    const keeps = this.version === '5.0' ? (packet.properties?.sessionExpiryInterval ?? 0) > 0 : !packet.cleanStart;
    if (keeps && packet.clientId !== '') sessions.set(packet.clientId, this.version);
    if (packet.will?.retain) retained.add(packet.will.topic);
  }

  /** Publishes and waits for what its QoS promises. Returns the reason code of PUBACK, PUBREC or PUBCOMP; 0 for QoS 0. */
  async publish(topic: string, payload: string | Uint8Array = '', options: PublishOptions = {}): Promise<number> {
    const { qos = 0 } = options;
    this.obey(qos, options.retain ?? false);
    const packetId = qos === 0 ? undefined : (options.packetId ?? this.nextPacketId());
    await this.send(build.publish(topic, payload, { ...options, ...(packetId === undefined ? {} : { packetId }) }));
    if (packetId === undefined) return 0;
    if (qos === 1) return codeOf(await this.answer('PUBACK', { packetId }));
    const pubrec = await this.answer('PUBREC', { packetId });
    if (codeOf(pubrec) >= 0x80) return codeOf(pubrec);
    await this.send(build.reply('PUBREL', packetId));
    return codeOf(await this.answer('PUBCOMP', { packetId }));
  }

  /** What CONNACK says that the server doesn't offer is not asked of it (5.0 §3.2.2.3.4, §3.2.2.3.5): then the case is skipped. */
  private obey(qos: number, retain: boolean): void {
    const { maximumQos = 2, retainAvailable = 1 } = this.connack?.properties ?? {};
    if (qos > maximumQos) throw new Skipped(`needs QoS ${qos} (CONNACK says Maximum QoS ${maximumQos})`);
    if (retain && retainAvailable === 0) throw new Skipped('needs retained messages (CONNACK says unavailable)');
  }

  /** Subscribes as part of the set-up: a refused filter makes the instance inconclusive. */
  async subscribe(filters: build.FilterInput | readonly build.FilterInput[], properties?: Properties): Promise<Suback> {
    const packetId = this.nextPacketId();
    await this.send(build.subscribe(filters, packetId, properties));
    const suback = (await this.answer('SUBACK', { packetId })) as Suback;
    const refused = suback.reasonCodes.find((code) => code >= 0x80);
    if (refused !== undefined) throw new SetupFailed(`the subscription was refused with ${hexCode(refused)}`);
    await this.settle();
    return suback;
  }

  async unsubscribe(filters: string | readonly string[]): Promise<Unsuback> {
    const packetId = this.nextPacketId();
    await this.send(build.unsubscribe(filters, packetId));
    return (await this.answer('UNSUBACK', { packetId })) as Unsuback;
  }

  /** PINGREQ and its PINGRESP: proves that this connection lives. */
  async ping(): Promise<void> {
    await this.send({ type: 'PINGREQ' });
    // Its answer waits behind all that is still on its way, which some brokers send one packet a turn.
    const behind = Math.min(PING_BEHIND.mostMs, PING_BEHIND.eachMs * this.link.seen.length);
    await this.answer('PINGRESP', {}, this.#scope.timing.replyMs + behind);
  }

  /** Waits until what was subscribed has surely taken effect on this target. */
  async settle(): Promise<void> {
    const { clock, timing, signal } = this.#scope;
    if (timing.settleMs > 0) await sleep(clock, timing.settleMs, signal);
  }

  /** DISCONNECT, then our side of the close, as the standard obliges a client (lesson 4). */
  async disconnect(reasonCode = 0, properties?: Properties): Promise<void> {
    await this.send(build.disconnect(reasonCode, properties));
    this.link.endExpected = true;
    this.wire.close();
  }

  /** A WebSocket Close (over TCP: FIN) without DISCONNECT. */
  async close(code?: number): Promise<void> {
    this.#scope.story.tell('close without DISCONNECT');
    this.link.endExpected = true;
    this.wire.close(code);
    await Promise.resolve();
  }

  /** FIN without a word. */
  async fin(): Promise<void> {
    this.#scope.story.tell('FIN');
    this.link.endExpected = true;
    this.wire.fin();
    await Promise.resolve();
  }

  /** RST. */
  async reset(): Promise<void> {
    this.#scope.story.tell('RST');
    this.link.endExpected = true;
    this.wire.reset();
    await Promise.resolve();
  }

  async expect(matcher: Matcher, options?: ExpectOptions): Promise<Inbound>;
  async expect(matcher: EndMatcher, options?: ExpectOptions): Promise<Ending>;
  async expect(matcher: Matcher | EndMatcher, options: ExpectOptions = {}): Promise<Inbound | Ending> {
    return isEndMatcher(matcher) ? judgeEnd(this.link, matcher, options) : this.link.expect(matcher, options);
  }

  /** A packet, as `expect` gives it. */
  async expectPacket<P extends Packet>(matcher: Matcher, options: ExpectOptions = {}): Promise<P> {
    const event = await this.link.expect(matcher, options);
    return (event as Extract<Inbound, { kind: 'packet' }>).packet as P;
  }

  /** Whether it comes, for what is only observed: undefined where it doesn't, and nothing is judged. */
  async look(matcher: Matcher, within: number = this.#scope.timing.replyMs): Promise<Inbound | undefined> {
    this.#scope.story.tell(`look for ${matcher.print()}`);
    return this.link.take((event) => matcher.claims(event), within);
  }

  /** All of them, in any order. */
  async expectAll(matchers: readonly Matcher[], options: ExpectOptions = {}): Promise<void> {
    for (const matcher of matchers) await this.link.expect(matcher, options);
  }

  /** What `forbidden` claims must not come before `sentinel`, which travels the same lane and must come. */
  async expectNotBefore(forbidden: Matcher, sentinel: Matcher, options: ExpectOptions = {}): Promise<void> {
    await this.link.expectNotBefore(forbidden, sentinel, options);
  }

  /** The answer of a set-up step; its absence breaks the requirement of that answer, not the case's. */
  private async answer(type: Answer, address: { readonly packetId?: number }, within?: number): Promise<Packet> {
    const breaks: RequirementKey = ANSWERS[type][this.version];
    return this.expectPacket(packetMatcher(type, address), { breaks, ...(within === undefined ? {} : { within }) });
  }

  private handle(event: WireEvent): boolean {
    if (!this.speaksMqtt && (event.kind === 'packet' || event.kind === 'violation')) return true;
    if ((event.kind === 'violation' || event.kind === 'packet') && event.bytes?.[0] !== undefined) {
      this.#firstBytes.add(event.bytes[0]);
    }
    if (event.kind === 'violation') this.referee.violated(event);
    if (event.kind === 'http') this.answers.push(event);
    if (event.kind !== 'packet') return event.kind === 'frame' && event.frame.opcode === 9;
    const { packet } = event;
    this.referee.received({ packet, size: event.bytes.length, entry: event.entry });
    if (packet.type === 'CONNACK') this.connack ??= packet;
    return this.acknowledge && this.acknowledges(packet);
  }

  /** True where the packet belongs to the handshake only: no case needs to see it. */
  private acknowledges(packet: Packet): boolean {
    if (packet.type === 'PUBLISH' && packet.packetId !== undefined) {
      void this.sendQuietly(build.reply(packet.qos === 1 ? 'PUBACK' : 'PUBREC', packet.packetId));
    }
    if (packet.type !== 'PUBREL') return false;
    void this.sendQuietly(build.reply('PUBCOMP', packet.packetId));
    return true;
  }

  /** An automatic answer, or one of very many packets: no step of the story, and earliness doesn't count from it. */
  async sendQuietly(packet: Packet): Promise<void> {
    this.referee.sent(packet);
    this.wire.sendMqtt(encode(packet, this.version));
    await Promise.resolve();
  }
}

const codeOf = (packet: Packet): number => ('reasonCode' in packet ? packet.reasonCode : 0);

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
