/** One MQTT client over `k6/websockets`, with the codec of `#wire`. */
import { WebSocket, type MessageEvent } from 'k6/websockets';
import type { MqttVersion } from '#spec';
import { encode, PacketReader, type Connack, type Packet, type Properties, type Qos } from '#wire';
import { kindOfFailure } from '../shared/failure-kind.ts';
import type { LaneTemplate } from '../shared/lane-template.ts';
import type { Head } from '../shared/payload.ts';
import { scanPublish, type Scanned } from '../shared/publish-scan.ts';
import type { Client, ClientListener, ClientSetup, Filter } from './client.ts';

// Its published types say that the second argument is null.
type OpenSocket = new (url: string, protocols: string, params: { headers: Record<string, string> }) => WebSocket;
const openSocket = WebSocket as unknown as OpenSocket;

/** More than this waiting in the socket: the broker does not take it. Octets. */
const MOST_BUFFERED = 1 << 20;

interface InFlight {
  readonly qos: Qos;
  readonly intended: number;
  readonly sentAt: number;
  readonly packet: Uint8Array;
  released: boolean;
}

interface Delivered {
  readonly qos: Qos;
  readonly packetId: number;
  readonly dup: boolean;
}

interface Asked {
  readonly at: number;
}

export class WebSocketClient implements Client {
  connected = false;
  readonly #setup: ClientSetup;
  readonly #listener: ClientListener;
  readonly #version: MqttVersion;
  #socket: WebSocket | undefined;
  #reader: PacketReader;
  #connectSentAt = 0;
  /** Since the last tick; when that was seen. */
  #sent = false;
  #lastSentAt = 0;
  #keepAliveMs: number;
  /** What the broker and the profile allow. */
  #most = 65_535;
  #packetId = 0;
  readonly #inFlight = new Map<number, InFlight>();
  readonly #asked = new Map<number, Asked>();
  /** Identifiers of QoS 2 between PUBLISH and PUBREL. */
  readonly #receiving = new Set<number>();
  #unacknowledged = 0;
  readonly #scanned: Scanned = { qos: 0, dup: false, packetId: 0, topicLength: 0, payloadAt: 0, end: 0 };
  #gathered: Uint8Array[] = [];
  #buffered = 0;

  constructor(setup: ClientSetup, listener: ClientListener) {
    this.#setup = setup;
    this.#listener = listener;
    this.#version = setup.connect.protocolLevel === 5 ? '5.0' : '3.1.1';
    this.#reader = new PacketReader({ from: 'server', version: this.#version });
    this.#keepAliveMs = setup.connect.keepAlive * 1000;
  }

  connect(): void {
    const { url, headers, now, connect } = this.#setup;
    this.#reader = new PacketReader({ from: 'server', version: this.#version });
    const socket = new openSocket(url, 'mqtt', { headers });
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return;
      this.#connectSentAt = now();
      this.#send(encode(connect, this.#version));
    });
    socket.addEventListener('message', (event) => {
      if (this.#socket === socket && 'data' in event) this.#received(event);
    });
    socket.addEventListener('error', (event) => {
      const message = 'error' in event ? event.error : '';
      this.#over(socket, kindOfFailure(message, this.connected), message);
    });
    socket.addEventListener('close', () => {
      this.#over(socket, this.connected ? 'dropped' : 'closed-early', 'the broker closed the connection');
    });
  }

  subscribe(filters: readonly Filter[]): void {
    const packetId = this.#nextId();
    const options = { noLocal: false, retainAsPublished: false, retainHandling: 0 } as const;
    this.#asked.set(packetId, { at: this.#setup.now() });
    this.#send(
      encode(
        { type: 'SUBSCRIBE', packetId, subscriptions: filters.map((each) => ({ ...each, ...options })) },
        this.#version,
      ),
    );
  }

  unsubscribe(filters: readonly string[]): void {
    const packetId = this.#nextId();
    this.#asked.set(packetId, { at: this.#setup.now() });
    this.#send(encode({ type: 'UNSUBSCRIBE', packetId, filters }, this.#version));
  }

  canPublish(qos: Qos): boolean {
    if (!this.connected || this.#buffered > MOST_BUFFERED) return false;
    return qos === 0 || this.#inFlight.size < this.#most;
  }

  publish(template: LaneTemplate, head: Head, qos: Qos): void {
    const packetId = qos === 0 ? 0 : this.#nextId();
    const packet = template.packet(head, packetId);
    if (qos > 0)
      this.#inFlight.set(packetId, { qos, intended: head.intended, sentAt: head.actual, packet, released: false });
    if (this.#setup.packing === 'many') this.#gathered.push(packet);
    else this.#send(packet);
  }

  flush(): void {
    if (this.#gathered.length === 0) return;
    const all = new Uint8Array(this.#gathered.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const packet of this.#gathered) {
      all.set(packet, at);
      at += packet.length;
    }
    this.#gathered = [];
    this.#send(all);
  }

  end(how: 'disconnect' | 'close'): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.flush();
    if (how === 'disconnect' && this.connected)
      this.#send(encode({ type: 'DISCONNECT', reasonCode: 0 }, this.#version));
    // Whatever comes from now on, an error too, is the consequence of our own end.
    this.#socket = undefined;
    this.connected = false;
    socket.close(1000);
  }

  tick(at: number): void {
    const socket = this.#socket;
    if (!this.connected || socket === undefined) return;
    this.#buffered = socket.bufferedAmount;
    if (this.#sent) {
      this.#sent = false;
      this.#lastSentAt = at;
    }
    // A tick early, so that it is never late.
    if (this.#keepAliveMs > 0 && at - this.#lastSentAt > this.#keepAliveMs * 0.75)
      this.#send(encode({ type: 'PINGREQ' }, this.#version));
  }

  #received(event: MessageEvent): void {
    // The time when the frame was read, not when this virtual user found the time for it.
    const at = event.timestamp > 0 ? event.timestamp : this.#setup.now();
    if (!(event.data instanceof ArrayBuffer)) return this.#broken('a text frame came', at);
    const bytes = new Uint8Array(event.data);
    this.#listener.traffic(0, bytes.length);
    let next = 0;
    while (this.#reader.pending === 0 && scanPublish(bytes, next, this.#version, this.#scanned)) {
      const { payloadAt, end } = this.#scanned;
      next = end;
      this.#delivered(this.#scanned, bytes.subarray(payloadAt, end), at);
      if (next === bytes.length) return;
    }
    for (const one of this.#reader.push(next === 0 ? bytes : bytes.subarray(next))) {
      if (one.kind === 'violation') return this.#broken(one.violation.message, at);
      this.#take(one.packet, at);
    }
  }

  #take(packet: Packet, at: number): void {
    switch (packet.type) {
      case 'PUBLISH':
        return this.#delivered({ packetId: 0, ...packet }, packet.payload, at);
      case 'CONNACK':
        return this.#accepted(packet, at);
      case 'PUBACK':
      case 'PUBCOMP':
        return this.#completed(packet.type === 'PUBACK' ? 'puback' : 'pubcomp', packet.packetId, at);
      case 'PUBREC':
        return this.#halfDone(packet.packetId, packet.reasonCode, at);
      case 'PUBREL':
        this.#receiving.delete(packet.packetId);
        this.#unacknowledged -= 1;
        return this.#send(shortReply(0x70, packet.packetId));
      case 'SUBACK': {
        const refused = packet.reasonCodes.filter((code) => code >= 0x80).length;
        const asked = this.#answered(packet.packetId);
        if (asked !== undefined)
          this.#listener.subscribed(packet.reasonCodes.length - refused, refused, at - asked.at, at);
        return undefined;
      }
      case 'UNSUBACK': {
        const asked = this.#answered(packet.packetId);
        if (asked !== undefined) this.#listener.unsubscribed(at - asked.at, at);
        return undefined;
      }
      case 'DISCONNECT':
        return this.#fail('dropped', `DISCONNECT 0x${packet.reasonCode.toString(16)}`, at);
      default:
        return undefined;
    }
  }

  #delivered({ qos, packetId, dup }: Delivered, payload: Uint8Array, at: number): void {
    if (qos === 2 && this.#receiving.has(packetId)) {
      // The same message once more (§4.3.3): acknowledged, not counted.
      if (!dup) this.#listener.broke('dup', `PUBLISH ${packetId} came again without DUP`, at);
      return this.#send(shortReply(0x50, packetId));
    }
    if (qos === 0 && dup) this.#listener.broke('dup', 'a PUBLISH of QoS 0 has DUP', at);
    this.#listener.message(payload, at);
    if (qos === 1) this.#send(shortReply(0x40, packetId));
    if (qos === 2) {
      this.#receiving.add(packetId);
      this.#unacknowledged += 1;
      const most = this.#setup.connect.properties?.receiveMaximum ?? 65_535;
      if (this.#unacknowledged > most)
        this.#listener.broke('receive-maximum', `${this.#unacknowledged} of ${most}`, at);
      this.#send(shortReply(0x50, packetId));
    }
  }

  #accepted(packet: Connack, at: number): void {
    if (packet.reasonCode !== 0)
      return this.#fail('connack-refused', `CONNACK 0x${packet.reasonCode.toString(16)}`, at);
    const properties: Properties = packet.properties ?? {};
    this.#most = Math.min(this.#setup.inFlight ?? 65_535, properties.receiveMaximum ?? 65_535);
    this.#keepAliveMs = (properties.serverKeepAlive ?? this.#setup.connect.keepAlive) * 1000;
    this.#unacknowledged = 0;
    if (!packet.sessionPresent) this.#receiving.clear();
    this.connected = true;
    this.#listener.connected(packet.sessionPresent, at, at - this.#connectSentAt);
    this.#resume(packet.sessionPresent);
  }

  /** §4.4: what the session still owes is sent again; without a session it is forgotten. */
  #resume(present: boolean): void {
    for (const [packetId, message] of this.#inFlight) {
      if (!present) this.#inFlight.delete(packetId);
      else if (message.released) this.#send(shortReply(0x62, packetId));
      else {
        const again = message.packet.slice();
        again[0] = (again[0] as number) | 0x08;
        this.#send(again);
      }
    }
  }

  #completed(what: 'puback' | 'pubcomp', packetId: number, at: number): void {
    const message = this.#inFlight.get(packetId);
    if (message === undefined || (message.qos === 2) !== (what === 'pubcomp')) return;
    this.#inFlight.delete(packetId);
    this.#listener.acknowledged(what, message.qos, at - message.sentAt, message.intended);
  }

  #halfDone(packetId: number, reasonCode: number, at: number): void {
    const message = this.#inFlight.get(packetId);
    if (message !== undefined && message.qos === 2) {
      if (reasonCode >= 0x80) {
        this.#inFlight.delete(packetId);
        return;
      }
      message.released = true;
      this.#listener.acknowledged('pubrec', 2, at - message.sentAt, message.intended);
    }
    this.#send(shortReply(0x62, packetId));
  }

  #answered(packetId: number): Asked | undefined {
    const asked = this.#asked.get(packetId);
    this.#asked.delete(packetId);
    return asked;
  }

  #nextId(): number {
    do this.#packetId = (this.#packetId % 65_535) + 1;
    while (this.#inFlight.has(this.#packetId) || this.#asked.has(this.#packetId));
    return this.#packetId;
  }

  #send(packet: Uint8Array): void {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState !== 1) return;
    this.#sent = true;
    this.#listener.traffic(packet.length, 0);
    if (this.#setup.packing !== 'split' || packet.length < 2) return socket.send(packet);
    const half = packet.length >> 1;
    socket.send(packet.slice(0, half));
    socket.send(packet.slice(half));
  }

  #broken(message: string, at: number): void {
    this.#fail('protocol', message, at);
  }

  #fail(kind: string, message: string, at: number): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    this.connected = false;
    this.#listener.ended(kind, message, at);
    socket.close(1000);
  }

  #over(socket: WebSocket, kind: string, message: string): void {
    if (this.#socket !== socket) return;
    this.#fail(kind, message, this.#setup.now());
  }
}

/** PUBACK, PUBREC, PUBREL and PUBCOMP without a reason: the same four bytes in both versions (5.0 §3.4.2.1). */
function shortReply(first: number, packetId: number): Uint8Array {
  const bytes = new Uint8Array(4);
  bytes[0] = first;
  bytes[1] = 2;
  bytes[2] = packetId >> 8;
  bytes[3] = packetId & 0xff;
  return bytes;
}
