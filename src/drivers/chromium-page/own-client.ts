/** A client on the codec of this project, over the WebSocket of the browser. */
import {
  decodeBase64,
  describe,
  encode,
  encodeBase64,
  PacketReader,
  type Connack,
  type Packet,
  type PacketOf,
  type PacketType,
  type Qos,
} from '#wire';
import type { PageEnd, PageMessage, PageOptions, PageSide } from './contract.ts';
import { Inbox } from './inbox.ts';
import { page, show, type PageSocket } from './window.ts';

interface Waiter {
  readonly type: PacketType;
  readonly packetId: number | undefined;
  readonly resolve: (packet: never) => void;
  readonly reject: (error: Error) => void;
}

export class OwnClient implements PageSide {
  sessionPresent = false;
  readonly #options: PageOptions;
  readonly #socket: PageSocket;
  readonly #messages = new Inbox<PageMessage>();
  readonly #ends = new Inbox<PageEnd>();
  readonly #waiting: Waiter[] = [];
  #lost: Error | undefined;
  #leaving = false;
  #packetId = 0;

  constructor(options: PageOptions) {
    this.#options = options;
    this.#socket = new page.WebSocket(options.url, ['mqtt']);
    this.#socket.binaryType = 'arraybuffer';
    const reader = new PacketReader({ from: 'server', version: options.version });
    this.#socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') return this.#lose(`a text message came: ${JSON.stringify(data.slice(0, 40))}`);
      for (const event of reader.push(new Uint8Array(data))) {
        if (event.kind === 'violation') this.#lose(`a malformed packet came: ${event.violation.message}`);
        else this.#take(event.packet);
      }
    });
    this.#socket.addEventListener('close', ({ code, reason, wasClean }) => {
      show(`close ${code} ${reason}${wasClean ? '' : ' not clean'}`);
      this.#ends.push({ code, reason, wasClean });
      if (!this.#leaving) this.#lose(`the socket was closed: ${code}${reason === '' ? '' : ` ${reason}`}`);
    });
  }

  async connect(): Promise<void> {
    const { version, clientId, clean, keepAlive, username, password, will, sessionExpiryInterval } = this.#options;
    await this.#opened();
    const connack = this.#expect('CONNACK');
    this.#send({
      type: 'CONNECT',
      protocolName: 'MQTT',
      protocolLevel: version === '5.0' ? 5 : 4,
      cleanStart: clean,
      keepAlive,
      clientId,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password: octets(password) }),
      ...(will === undefined ? {} : { will: { ...will, payload: octets(will.payload) } }),
      ...(version === '5.0' && sessionExpiryInterval !== undefined ? { properties: { sessionExpiryInterval } } : {}),
    });
    const answer: Connack = await connack;
    if (answer.reasonCode !== 0) throw new Error(`the server refused: ${describe(answer)}`);
    this.sessionPresent = answer.sessionPresent;
  }

  async subscribe(filter: string, qos: Qos): Promise<number> {
    const packetId = this.#nextId();
    const suback = this.#expect('SUBACK', packetId);
    const subscription = { filter, qos, noLocal: false, retainAsPublished: false, retainHandling: 0 } as const;
    this.#send({ type: 'SUBSCRIBE', packetId, subscriptions: [subscription] });
    const [code = 0x80] = (await suback).reasonCodes;
    if (code >= 0x80) throw new Error(`the subscription was refused: 0x${code.toString(16)}`);
    return code;
  }

  async publish(topic: string, payload: Uint8Array, qos: Qos, retain: boolean): Promise<void> {
    const packetId = this.#nextId();
    const answered = qos === 0 ? undefined : this.#expect(qos === 1 ? 'PUBACK' : 'PUBREC', packetId);
    this.#send({ type: 'PUBLISH', topic, payload, qos, retain, dup: false, ...(qos === 0 ? {} : { packetId }) });
    const answer = await answered;
    if (answer !== undefined && answer.reasonCode >= 0x80) throw new Error(`refused: ${describe(answer)}`);
    if (qos < 2) return;
    const completed = this.#expect('PUBCOMP', packetId);
    this.#send({ type: 'PUBREL', packetId, reasonCode: 0 });
    await completed;
  }

  message(): Promise<PageMessage> {
    return this.#messages.next();
  }

  again(): Promise<boolean> {
    return Promise.reject(new Error('this client does not come back by itself'));
  }

  end(): Promise<PageEnd> {
    this.#send({ type: 'DISCONNECT', reasonCode: 0 });
    return this.close();
  }

  close(): Promise<PageEnd> {
    this.#leaving = true;
    this.#socket.close(1000);
    return this.#ends.next();
  }

  ended(): Promise<PageEnd> {
    return this.#ends.next();
  }

  #opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.addEventListener('open', () => {
        show(`open, protocol ${JSON.stringify(this.#socket.protocol)}`);
        if (this.#socket.protocol === 'mqtt') resolve();
        else reject(new Error(`the socket opened with protocol ${JSON.stringify(this.#socket.protocol)}`));
      });
      this.#socket.addEventListener('close', ({ code }) => reject(new Error(`the socket did not open: ${code}`)));
    });
  }

  #take(packet: Packet): void {
    if (packet.type === 'PUBLISH') {
      const { topic, payload, qos, retain, packetId } = packet;
      if (packetId !== undefined) this.#send({ type: qos === 1 ? 'PUBACK' : 'PUBREC', packetId, reasonCode: 0 });
      return this.#messages.push({ topic, payload: encodeBase64(payload), qos, retain });
    }
    if (packet.type === 'PUBREL') return this.#send({ type: 'PUBCOMP', packetId: packet.packetId, reasonCode: 0 });
    const packetId = 'packetId' in packet ? packet.packetId : undefined;
    const at = this.#waiting.findIndex((waiter) => waiter.type === packet.type && waiter.packetId === packetId);
    if (at >= 0) return this.#waiting.splice(at, 1)[0]?.resolve(packet as never);
    // DISCONNECT says why; the close comes behind it.
    if (packet.type !== 'DISCONNECT') this.#lose(`nobody asked for ${describe(packet)}`);
  }

  #expect<T extends PacketType>(type: T, packetId?: number): Promise<PacketOf<T>> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ type, packetId, resolve, reject });
    });
  }

  #send(packet: Packet): void {
    this.#socket.send(encode(packet, this.#options.version));
  }

  #lose(why: string): void {
    show(why);
    this.#lost ??= new Error(why);
    this.#messages.fail(this.#lost);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#lost);
  }

  #nextId(): number {
    this.#packetId += 1;
    return this.#packetId;
  }
}

const octets = (base64: string): Uint8Array => decodeBase64(base64) ?? new Uint8Array(0);
