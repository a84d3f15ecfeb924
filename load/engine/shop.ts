/** What all clients of a thread share. */
import { realClock, type Clock } from '#io';
import { isWebSocket, shownHost } from '#target';
import { buildUpgradeRequest } from '#wire';
import type { Plan } from '../profiles/plan.ts';
import type { WorkerSetup } from './contract.ts';
import type { Client } from './client.ts';
import { Invariants } from './invariants.ts';
import { Ledger } from './ledger.ts';
import { ENGINE_LIMITS } from './limits.ts';
import { Meters } from './meters.ts';
import { SocketOpener } from './open-socket.ts';
import { OutBuffer } from './out-buffer.ts';
import type { ReadHeader } from './payload.ts';
import { Ring } from './ring.ts';

/** All that a broker may ask of us, too: a limit for what we send. */
export const DEFLATE_OFFER = 'permessage-deflate; client_max_window_bits';

export class Shop {
  readonly setup: WorkerSetup;
  readonly plan: Plan;
  readonly run: number;
  readonly websocket: boolean;
  /** Packets are put into frames at once; not where compressing comes first. */
  readonly frames: boolean;
  readonly limits = ENGINE_LIMITS;
  readonly opener: SocketOpener;
  readonly meters: Meters;
  readonly ledger: Ledger;
  readonly invariants: Invariants;
  readonly ring = new Ring();
  readonly out = new OutBuffer();
  /** Of connections that offered permessage-deflate: what becomes of the packets in `out`. */
  readonly packed = new OutBuffer();
  /** Connections whose broker agreed to it, and that did not. */
  readonly deflate = { agreed: 0, declined: 0 };
  readonly header: ReadHeader = { lane: 0, sequence: 0, intended: 0, actual: 0 };
  /** When the chunk that is being read came. */
  arrival = 0;
  /** Clients on their way to being open, in the order in which they began a phase. */
  readonly opening = new Set<Client>();
  connections = 0;
  wanted = 0;
  received = 0;
  sendsOnTime = 0;
  tls: string | undefined;
  readonly #idle: Clock = realClock({ unref: true });
  readonly #ack = new DataView(new ArrayBuffer(4));

  constructor(setup: WorkerSetup) {
    this.setup = setup;
    this.plan = setup.plan;
    this.run = Number.parseInt(setup.plan.runId, 16);
    this.websocket = isWebSocket(setup.endpoint.transport);
    this.frames = this.websocket && !setup.deflate;
    this.opener = new SocketOpener(setup);
    this.meters = new Meters(setup.originMs);
    this.ledger = new Ledger(setup.plan, setup.tables, this.meters);
    this.invariants = new Invariants(setup.plan.invariants);
  }

  later(ms: number, call: () => void): void {
    this.#idle.after(ms, call);
  }

  /** Puts a packet into the buffer, in a frame where there are frames at once. */
  put(packet: Uint8Array): void {
    this.#put(new DataView(packet.buffer, packet.byteOffset, packet.length), packet.length);
  }

  /** PUBACK and its like with reason code 0; `first` is the first byte of the packet. */
  putReply(first: number, packetId: number): void {
    this.#ack.setUint8(0, first);
    this.#ack.setUint8(1, 2);
    this.#ack.setUint16(2, packetId);
    this.#put(this.#ack, 4);
  }

  #put(packet: DataView, length: number): void {
    if (!this.frames) this.out.plain(packet, length);
    else if (this.plan.packing === 'split') this.out.split(packet, length);
    else this.out.frame(packet, length);
  }

  upgradeRequest(key: string): Uint8Array {
    const { endpoint, headers, deflate } = this.setup;
    const { host, port, transport, path } = endpoint;
    const standard = port === (transport === 'ws' ? 80 : 443);
    return buildUpgradeRequest({
      host: standard ? shownHost(host) : `${shownHost(host)}:${port}`,
      target: path,
      key,
      ...(deflate ? { extensions: DEFLATE_OFFER } : {}),
      rawLines: headers.map(([name, value]) => `${name}: ${value}`),
    });
  }

  /** Counts a thing that was done at `actual` though it was due at `due`; it could not be done before `reference`. */
  punctual(due: number, reference: number, actual: number): void {
    const measured = this.meters.measures(due);
    if (actual - due <= this.limits.lateMs) {
      this.sendsOnTime += measured ? 1 : 0;
    } else this.meters.count(actual - reference > this.limits.lateMs ? 'sends_late' : 'sends_blocked', measured);
  }
}
