/** The core with clients in memory and a clock that moves when it is told: what unit tests and the guards of the gate drive. */
import { seededRandom, VirtualClock } from '#io';
import type { MqttVersion } from '#spec';
import { decodeUtf8, encode, encodeUtf8, PacketReader } from '#wire';
import type { Connack, Connect, Packet, PacketOf, PacketType, Properties, Publish, Qos, Subscription } from '#wire';
import type { Alteration } from '../alteration.ts';
import type { BrokerUser } from '../contract.ts';
import { createCore } from '../core.ts';
import type { Core, CoreConnection, EndReason, PacketSink } from '../core-connection.ts';
import { createGate } from '../gate.ts';
import type { GateWatcher } from '../gate.ts';
import type { Limits } from '../limits.ts';

export interface BenchOptions {
  readonly alterations?: readonly Alteration[];
  readonly watcher?: GateWatcher;
  readonly users?: readonly BrokerUser[];
  readonly limits?: Partial<Limits>;
}

export class Bench {
  readonly clock = new VirtualClock();
  readonly core: Core;
  /** Everything that clients saw, with its time. */
  readonly trace: string[] = [];
  /** What was wrong with the form of the broker's packets. */
  readonly broken: string[] = [];
  private clients = 0;

  constructor({ alterations, watcher, users, limits }: BenchOptions = {}) {
    const { clock } = this;
    const gate = createGate({ clock, ...(alterations && { alterations }), ...(watcher && { watcher }) });
    const effective = Object.assign(
      {},
      limits,
      ...(alterations ?? []).map((one) => one.limits ?? {}),
    ) as Partial<Limits>;
    this.core = createCore({ gate, clock, random: seededRandom('bench').bytes, users, limits: effective });
  }

  /** A connection that has sent nothing yet. */
  open(version: MqttVersion = '5.0', transport: 'ws' | 'tcp' = 'ws'): BenchClient {
    this.clients += 1;
    const name = `c${this.clients}`;
    return new BenchClient(
      this.core,
      version,
      transport,
      (what) => this.trace.push(`${this.clock.now()} ${name} ${what}`),
      this.broken,
    );
  }

  /** A client that was accepted; its CONNACK is taken. */
  connect(clientId: string, options: ConnectOptions = {}): BenchClient & { readonly connack: Connack } {
    const client = this.open(options.version);
    client.send(connectPacket(clientId, options));
    return Object.assign(client, { connack: client.take('CONNACK') });
  }

  /** Moves time, and lets everything happen that is due. */
  async pass(seconds: number): Promise<void> {
    await this.clock.advance(seconds * 1000);
  }
}

export interface ConnectOptions extends Partial<Omit<Connect, 'type' | 'clientId'>> {
  readonly version?: MqttVersion;
}

export function connectPacket(clientId: string, { version = '5.0', ...rest }: ConnectOptions = {}): Connect {
  const protocolLevel = version === '5.0' ? 5 : 4;
  return { type: 'CONNECT', protocolName: 'MQTT', protocolLevel, cleanStart: true, keepAlive: 60, clientId, ...rest };
}

/** A client waits for a packet that is not there. */
export class NothingCame extends Error {
  override readonly name = 'NothingCame';
}

/** One client: it records what it gets, and does nothing by itself. */
export class BenchClient {
  readonly version: MqttVersion;
  /** Packets that nobody has taken yet. */
  readonly inbox: Packet[] = [];
  end: EndReason | undefined;
  wasReset = false;
  /** Whether the broker reads what this client sends. */
  isRead = true;
  /** What the transport claims not to have taken. */
  buffered = 0;
  private readonly connection: CoreConnection;
  private lastId = 0;

  constructor(
    core: Core,
    version: MqttVersion,
    transport: 'ws' | 'tcp',
    tell: (what: string) => void,
    broken: string[],
  ) {
    this.version = version;
    const reader = new PacketReader({ from: 'server', version });
    const buffered = (): number => this.buffered;
    const sink: PacketSink = {
      sendBytes: (bytes) => {
        for (const event of reader.push(bytes.slice())) {
          tell(hex(event.bytes));
          if (event.kind === 'packet') this.inbox.push(event.packet);
          else broken.push(event.violation.message);
        }
      },
      end: (reason) => {
        tell(`end ${reason.kind}`);
        this.end = reason;
      },
      reset: () => {
        tell('reset');
        this.wasReset = true;
      },
      get buffered() {
        return buffered();
      },
      pause: () => {
        this.isRead = false;
      },
      resume: () => {
        this.isRead = true;
      },
    };
    this.connection = core.open(sink, transport);
  }

  get isOpen(): boolean {
    return this.end === undefined && !this.wasReset;
  }

  sendBytes(bytes: Uint8Array): void {
    this.connection.received(bytes);
  }

  /** Sends the packets in one piece. */
  send(...packets: readonly Packet[]): void {
    const parts = packets.map((packet) => encode(packet, this.version));
    const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.sendBytes(bytes);
  }

  lose(kind: 'closed' | 'reset' | 'transport-error' = 'closed'): void {
    this.connection.transportEnded(kind);
    this.end ??= { kind: 'normal' };
  }

  drained(): void {
    this.buffered = 0;
    this.connection.drained();
  }

  pinged(): void {
    this.connection.pinged();
  }

  /** The next packet of that type; others stay. */
  take<T extends PacketType>(type: T): PacketOf<T> {
    const at = this.inbox.findIndex((packet) => packet.type === type);
    const packet = this.inbox[at];
    if (packet === undefined) throw new NothingCame(`no ${type} came, but ${JSON.stringify(this.inbox)}`);
    this.inbox.splice(at, 1);
    return packet as PacketOf<T>;
  }

  takeAll<T extends PacketType>(type: T): PacketOf<T>[] {
    const taken = this.inbox.filter((packet) => packet.type === type) as PacketOf<T>[];
    for (const packet of taken) this.inbox.splice(this.inbox.indexOf(packet), 1);
    return taken;
  }

  subscribe(filter: string, options: Partial<Subscription> = {}, properties?: Properties): readonly number[] {
    const subscription = {
      filter,
      qos: 0 as Qos,
      noLocal: false,
      retainAsPublished: false,
      retainHandling: 0 as const,
      ...options,
    };
    this.send({
      type: 'SUBSCRIBE',
      packetId: this.nextId(),
      subscriptions: [subscription],
      ...(properties && { properties }),
    });
    return this.take('SUBACK').reasonCodes;
  }

  unsubscribe(...filters: readonly string[]): readonly number[] {
    this.send({ type: 'UNSUBSCRIBE', packetId: this.nextId(), filters });
    return this.take('UNSUBACK').reasonCodes;
  }

  /** Payloads of the deliveries that came, acknowledged as their QoS asks. */
  payloads(): readonly string[] {
    return this.takeAll('PUBLISH').map((packet) => {
      if (packet.qos === 1) this.send({ type: 'PUBACK', packetId: packet.packetId ?? 0, reasonCode: 0 });
      if (packet.qos === 2) this.complete(packet);
      return read(packet.payload);
    });
  }

  /** The rest of the exchange of a QoS 2 delivery. */
  complete({ packetId = 0 }: Publish): void {
    this.send({ type: 'PUBREC', packetId, reasonCode: 0 });
    this.take('PUBREL');
    this.send({ type: 'PUBCOMP', packetId, reasonCode: 0 });
  }

  /** Sends a PUBLISH and gives it; nothing is awaited. */
  publish(topic: string, payload: string, options: Partial<Publish> = {}): Publish {
    const qos = options.qos ?? 0;
    const packet: Publish = {
      type: 'PUBLISH',
      topic,
      payload: text(payload),
      qos,
      retain: false,
      dup: false,
      ...(qos > 0 && { packetId: this.nextId() }),
      ...options,
    };
    this.send(packet);
    return packet;
  }

  disconnect(reasonCode = 0, properties?: Properties): void {
    this.send({ type: 'DISCONNECT', reasonCode, ...(properties && { properties }) });
  }

  private nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }
}

/** The bytes, or as many as tell packets apart. */
const hex = (bytes: Uint8Array): string =>
  `${bytes.length}:${Array.from(bytes.subarray(0, 200), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;

export const text = encodeUtf8;
export const read = (bytes: Uint8Array): string => decodeUtf8(bytes);
