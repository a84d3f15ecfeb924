/** One connection from the first SYN to its end: TCP, TLS, upgrade, frames. What is in the packets is the client's. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { sha1 } from '#io';
import { encodeBase64, HttpHeadReader, judgeUpgradeResponse } from '#wire';
import { FrameSplitter, type FrameSink } from './frame-splitter.ts';
import { PacketSplitter, type PacketSink } from './packet-splitter.ts';
import { MessagePacker } from './message-packer.ts';
import type { OutBuffer } from './out-buffer.ts';
import { DEFLATE_OFFER, type Shop } from './shop.ts';
import { now } from './time.ts';
import { randomBytes } from 'node:crypto';

export type Phase = 'tcp' | 'tls' | 'upgrade' | 'open' | 'closed';

/** When each step of the opening was done, in milliseconds; 0: not, or there is none. */
export interface OpeningTimes {
  started: number;
  tcp: number;
  tls: number;
  upgrade: number;
}

export interface ConnectionOwner {
  /** The transport is there: MQTT may begin. */
  ready(): void;
  packet(bytes: Uint8Array, start: number, body: number, end: number): boolean;
  /** A chunk has been read to its end: what was put into the buffer for the connection may leave. */
  read(): void;
  /** Whether it is told of `drained`. */
  readonly publishes: boolean;
  /** Room again after back-pressure. */
  drained(): void;
  /** It ended by itself; not told after `reset`, `end` or `silence`. */
  ended(kind: string, message: string): void;
}

interface AwaitedHead {
  readonly reader: HttpHeadReader;
  readonly key: string;
}

export class Connection implements FrameSink, PacketSink {
  readonly times: OpeningTimes = { started: now(), tcp: 0, tls: 0, upgrade: 0 };
  phase: Phase = 'tcp';
  readonly #shop: Shop;
  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  readonly #packets = new PacketSplitter();
  #frames: FrameSplitter | undefined;
  /** Of a connection that offered permessage-deflate. */
  #packer: MessagePacker | undefined;
  #head: AwaitedHead | undefined;
  #failure: NodeJS.ErrnoException | undefined;
  #over = false;

  constructor(shop: Shop, owner: ConnectionOwner, client: number, session: Buffer | undefined) {
    this.#shop = shop;
    this.#owner = owner;
    this.#socket = shop.opener.open(client, (bytes, length) => this.#read(bytes, length), session);
    // `on`, though each comes once: `once` would keep a wrapper for every connection.
    this.#socket.on('connect', () => this.#connected());
    if (shop.opener.secure) this.#socket.on('secureConnect', () => this.#secured());
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure = error;
    });
    this.#socket.on('close', () => this.#closed());
    if (owner.publishes) this.#socket.on('drain', () => owner.drained());
  }

  /** Bytes that wait because the broker does not take them. */
  get backlog(): number {
    return this.#socket.writableLength;
  }

  get websocket(): boolean {
    return this.#frames !== undefined;
  }

  /** Hears of the session that a later connection may resume, and of what was agreed. */
  onSession(listen: (session: Buffer) => void): void {
    (this.#socket as TLSSocket).on('session', listen);
  }

  get tls(): { readonly resumed: boolean; readonly protocol: string } | undefined {
    if (!this.#shop.opener.secure) return undefined;
    const socket = this.#socket as TLSSocket;
    return { resumed: socket.isSessionReused(), protocol: `${socket.getProtocol() ?? ''} ${socket.getCipher().name}` };
  }

  /** Writes what stands in the buffer of the thread. */
  flush(): void {
    const { out, meters } = this.#shop;
    if (out.length === 0) return;
    if (this.#over || this.#socket.destroyed) return out.written(true);
    meters.writes += 1;
    meters.writtenMessages += out.messages;
    if (this.#packer === undefined) return this.#write(out);
    const { packed, plan } = this.#shop;
    this.#packer.pack(out.bytes, plan.packing, packed);
    out.written(true);
    this.#write(packed);
  }

  #write(out: OutBuffer): void {
    const { bytes } = out;
    this.#shop.meters.whole.bytes_sent += bytes.length;
    this.#socket.write(bytes);
    // TLS keeps the bytes until they are encrypted and sent.
    out.written(this.#socket.writableLength === 0 && !this.#shop.opener.secure);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** An orderly end: Close frame where there are frames, then FIN. */
  end(withClose: boolean): void {
    this.#over = true;
    if (withClose && this.#frames !== undefined) {
      const { packed } = this.#shop;
      packed.bytesInFrame(CLOSE_NORMAL, 0x88);
      this.#write(packed);
    }
    this.#socket.end();
    // The broker's part is not waited for longer than this; the socket is ours to free.
    this.#shop.later(this.#shop.limits.farewellMs, () => this.#socket.destroy());
  }

  /** RST; over TLS, where Node has no way to do that, the socket is closed without a word. */
  reset(): void {
    this.#over = true;
    if (this.#shop.opener.secure || this.phase === 'tcp') this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  /** Says nothing and hears nothing any more, and stays. */
  silence(): void {
    this.#over = true;
    this.#socket.pause();
  }

  #connected(): void {
    this.times.tcp = now();
    if (this.#shop.opener.secure) this.phase = 'tls';
    else this.#transportReady();
  }

  #secured(): void {
    this.times.tls = now();
    this.#transportReady();
  }

  #transportReady(): void {
    if (!this.#shop.websocket) {
      this.phase = 'open';
      return this.#owner.ready();
    }
    this.phase = 'upgrade';
    const key = encodeBase64(randomBytes(16));
    this.#head = { reader: new HttpHeadReader({ kind: 'response' }), key };
    this.#socket.write(this.#shop.upgradeRequest(key));
  }

  #read(bytes: Uint8Array, length: number): void {
    this.#shop.arrival = now();
    this.#shop.meters.whole.bytes_received += length;
    if (this.#over) return;
    if (this.#head !== undefined) return this.#readHead(bytes.subarray(0, length));
    if (this.#frames === undefined) this.#packets.push(bytes, 0, length, this);
    else this.#frames.push(bytes, 0, length, this);
    this.#owner.read();
  }

  packet(bytes: Uint8Array, start: number, body: number, end: number): boolean {
    return this.#owner.packet(bytes, start, body, end) && !this.#over;
  }

  /** What stood in the request beside the key. */
  get #offer(): { readonly extensions?: string } {
    return this.#shop.setup.deflate ? { extensions: DEFLATE_OFFER } : {};
  }

  #readHead(chunk: Uint8Array): void {
    const head = this.#head as AwaitedHead;
    const event = head.reader.push(chunk);
    if (event === undefined) return;
    this.#head = undefined;
    if (event.kind !== 'head') return this.fail('upgrade-refused', 'the answer to the upgrade is not HTTP');
    const answer = judgeUpgradeResponse(event.head, { key: head.key, protocols: ['mqtt'], ...this.#offer }, sha1);
    if (!answer.opened) {
      return this.fail('upgrade-refused', `the upgrade was refused: ${answer.status} ${answer.reason}`.trim());
    }
    const [violation] = answer.violations;
    if (violation !== undefined) this.#shop.meters.error('upgrade-wrong', violation.message);
    this.times.upgrade = now();
    this.phase = 'open';
    this.#frames = new FrameSplitter(answer.deflate !== undefined);
    if (this.#shop.setup.deflate) {
      this.#packer = new MessagePacker(answer.deflate);
      this.#shop.deflate[answer.deflate === undefined ? 'declined' : 'agreed'] += 1;
    }
    this.#owner.ready();
    if (event.rest.length > 0) this.#frames.push(event.rest, 0, event.rest.length, this);
    this.#owner.read();
  }

  data(bytes: Uint8Array, from: number, to: number): boolean {
    this.#packets.push(bytes, from, to, this);
    return !this.#over;
  }

  compressed(bytes: Uint8Array, from: number, to: number, last: boolean): boolean {
    try {
      const message = this.#packer?.inflate(bytes, from, to, last);
      if (message !== undefined) this.#packets.push(message, 0, message.length, this);
    } catch (error) {
      this.fail('malformed', `the broker sent a message that does not inflate: ${(error as Error).message}`);
    }
    return !this.#over;
  }

  control(opcode: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (opcode === 9) {
      // In a write of its own, in front of what is put together meanwhile.
      const { packed } = this.#shop;
      packed.bytesInFrame(bytes.slice(from, to), 0x8a);
      this.#write(packed);
      return true;
    }
    if (opcode === 10) return true;
    const code = to - from >= 2 ? (bytes[from] as number) * 256 + (bytes[from + 1] as number) : undefined;
    this.fail('dropped', `the broker closed the WebSocket${code === undefined ? '' : ` with ${code}`}`);
    return false;
  }

  malformed(message: string): void {
    this.fail('malformed', `the broker sent ${message}`);
  }

  /** Ends it for a reason of its own. */
  fail(kind: string, message: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.destroy();
    this.phase = 'closed';
    this.#owner.ended(kind, message);
  }

  #closed(): void {
    const { phase } = this;
    this.phase = 'closed';
    if (this.#over) return;
    this.#over = true;
    const failure = this.#failure;
    const [kind, message] = endOf(phase, failure);
    this.#owner.ended(kind, message);
  }
}

const CLOSE_NORMAL = Uint8Array.of(0x03, 0xe8);

const WHERE: Readonly<Record<Phase, string>> = {
  tcp: 'before TCP was established',
  tls: 'during the TLS handshake',
  upgrade: 'before the upgrade was answered',
  open: 'on an open connection',
  closed: 'on an open connection',
};

const CODES: Readonly<Record<string, readonly [string, string]>> = {
  ECONNREFUSED: ['connect-refused', 'the connection was refused'],
  EADDRNOTAVAIL: [
    'no-port',
    'this machine has no free port to connect from: fewer connections, or more --source addresses',
  ],
  EMFILE: ['no-descriptor', 'this process has no descriptor left: raise `ulimit -n`, or ask for fewer connections'],
  ETIMEDOUT: ['timeout', 'TCP was not established in time'],
};

function endOf(phase: Phase, failure: NodeJS.ErrnoException | undefined): readonly [string, string] {
  const code = failure?.code ?? '';
  const known = CODES[code];
  if (known !== undefined) return known;
  if (phase === 'tls' && failure !== undefined && code !== 'ECONNRESET')
    return ['tls', `TLS: ${code || failure.message}`];
  const how =
    failure === undefined ? 'ended' : code === 'ECONNRESET' || code === 'EPIPE' ? 'was reset' : `failed (${code})`;
  return [phase === 'open' ? 'dropped' : `ended-${phase}`, `the connection ${how} ${WHERE[phase]}`];
}
