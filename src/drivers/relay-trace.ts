/** Reads what passes a relay, in both directions, as packets: for the transcript and for assertions. */
import { startRelay, type Recorder, type Relay, type RelayChunk } from '#net';
import type { ForeignDoor } from '#kit';
import { isTls, isWebSocket } from '#target';
import {
  describe,
  FrameReader,
  HttpHeadReader,
  maskSecrets,
  OPCODES,
  PacketReader,
  type Packet,
  type Sender,
} from '#wire';

export interface TracedPacket {
  readonly from: Sender;
  readonly packet: Packet;
}

/** One direction of the one connection. */
class Direction {
  readonly #from: Sender;
  readonly #http: HttpHeadReader;
  readonly #frames: FrameReader;
  readonly #packets: PacketReader;
  readonly #seen: (packet: Packet, bytes: Uint8Array) => void;
  #upgraded: boolean;

  constructor(from: Sender, door: ForeignDoor, seen: (packet: Packet, bytes: Uint8Array) => void) {
    this.#from = from;
    this.#upgraded = !door.endpoint.transport.startsWith('ws');
    this.#http = new HttpHeadReader({ kind: from === 'client' ? 'request' : 'response' });
    this.#frames = new FrameReader({ from });
    this.#packets = new PacketReader({ from, version: door.version });
    this.#seen = seen;
  }

  push(bytes: Uint8Array, websocket: boolean): void {
    if (this.#upgraded) return websocket ? this.#readFrames(bytes) : this.#readPackets(bytes);
    const head = this.#http.push(bytes);
    if (head?.kind !== 'head') return;
    this.#upgraded = true;
    if (head.rest.length > 0) this.#readFrames(head.rest);
  }

  #readFrames(bytes: Uint8Array): void {
    for (const event of this.#frames.push(bytes)) {
      if (event.kind === 'frame' && event.frame.opcode <= OPCODES.binary) this.#readPackets(event.frame.payload);
    }
  }

  #readPackets(bytes: Uint8Array): void {
    for (const event of this.#packets.push(bytes)) {
      if (event.kind === 'packet')
        this.#seen(event.packet, this.#from === 'client' ? maskSecrets(event.bytes) : event.bytes);
    }
  }
}

export interface TracedRelay {
  readonly relay: Relay;
  readonly trace: readonly TracedPacket[];
  /** Takes what passed inside TLS, where the relay sees nothing but records. */
  readonly hear: (from: Sender, bytes: Uint8Array) => void;
}

export async function startTracedRelay(door: ForeignDoor, label: string): Promise<TracedRelay> {
  const { endpoint, clock } = door;
  const websocket = isWebSocket(endpoint.transport);
  const trace: TracedPacket[] = [];
  const lane = door.recorder.lane(label);
  const directions = {
    client: new Direction('client', door, watch(door.recorder, lane, 'client', trace)),
    server: new Direction('server', door, watch(door.recorder, lane, 'server', trace)),
  };
  const hear = (from: Sender, bytes: Uint8Array): void => directions[from].push(bytes, websocket);
  const onChunk = ({ direction, bytes }: RelayChunk): void => {
    if (!isTls(endpoint.transport)) hear(direction === 'to-target' ? 'client' : 'server', bytes);
  };
  const relay = await startRelay({
    target: { host: endpoint.host, port: endpoint.port },
    clock,
    record: false,
    onChunk,
  });
  return { relay, trace, hear };
}

function watch(recorder: Recorder, lane: number, from: Sender, trace: TracedPacket[]) {
  return (packet: Packet, bytes: Uint8Array): void => {
    trace.push({ from, packet });
    recorder.record({
      lane,
      direction: from === 'client' ? 'out' : 'in',
      layer: 'mqtt',
      summary: describe(packet),
      bytes,
    });
  };
}
