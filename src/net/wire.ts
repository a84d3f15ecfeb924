/** One connection from the socket up: sends, reads every layer, records all of it once. It answers pings and Close. */
import {
  decode,
  describe,
  encodeCloseBody,
  encodeFrame,
  maskSecrets,
  OPCODES,
  type Frame,
  type FrameToSend,
} from '#wire';
import type { Duplex, EndKind } from '#io';
import type { Deflation } from './deflation.ts';
import type { WireEvent } from './events.ts';
import { frameSummary } from './frame-summary.ts';
import type { WireOptions } from './wire-options.ts';
import { WireReader } from './wire-reader.ts';

export class Wire {
  readonly lane: number;
  readonly websocket: boolean;
  readonly duplex: Duplex;
  /** False: Ping and Close are left to the case. */
  answersControl = true;
  /** True: `sendMqtt` compresses, where permessage-deflate was agreed. */
  compresses = false;
  readonly #options: WireOptions;
  readonly #reader: WireReader;
  #listener: ((event: WireEvent) => void) | undefined;
  readonly #early: WireEvent[] = [];
  #closeSent = false;
  #over = false;

  constructor(options: WireOptions) {
    this.#options = options;
    this.lane = options.lane;
    this.websocket = options.websocket;
    this.duplex = options.duplex;
    this.#reader = new WireReader(options, (event) => this.deliver(event));
    this.duplex.listen({
      data: (bytes) => this.#reader.data(bytes),
      ended: () => this.peerEnded('fin'),
      closed: (kind, detail) => this.peerEnded(kind, detail),
    });
  }

  /** Exactly one; what came before it is delivered at once. */
  listen(listener: (event: WireEvent) => void): void {
    this.#listener = listener;
    for (const event of this.#early.splice(0)) listener(event);
  }

  /** Undefined: permessage-deflate is not agreed. */
  get deflation(): Deflation | undefined {
    return this.#reader.deflation;
  }

  /** Value of Sec-WebSocket-Extensions in the request that is sent next: the answer is understood by it. */
  offers(extensions: string | undefined): void {
    this.#reader.offered = extensions;
  }

  /** The head of an HTTP request. The answer comes as an `http` event; after a 101 frames are read. */
  sendHttp(bytes: Uint8Array, summary: string, masked: Uint8Array = bytes): void {
    this.recordHttp(summary, masked);
    this.write(bytes);
  }

  /** For those who write the octets of a request themselves. */
  recordHttp(summary: string, masked: Uint8Array): void {
    this.#options.recorder.record({ lane: this.lane, direction: 'out', layer: 'http', summary, bytes: masked });
  }

  /** Octets of MQTT: one binary frame, or as they are over TCP. */
  sendMqtt(bytes: Uint8Array): void {
    const compressed = this.compresses ? this.deflation?.compress(bytes) : undefined;
    this.recordMqtt(bytes, compressed === undefined ? '' : ` (compressed to ${compressed.length} bytes)`);
    if (!this.websocket) return this.write(bytes);
    const rsv1 = compressed !== undefined;
    this.write(
      encodeFrame({ opcode: OPCODES.binary, payload: compressed ?? bytes, rsv1, maskingKey: this.maskingKey() }),
    );
  }

  /** A frame as it is; masked where the case doesn't say otherwise by a key of its own. */
  sendFrame(frame: FrameToSend): void {
    this.write(this.recordFrame(frame));
  }

  /** Frames as they are, in one write. */
  sendFrames(frames: readonly FrameToSend[]): void {
    const parts = frames.map((frame) => this.recordFrame(frame));
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.write(bytes);
  }

  private recordFrame(frame: FrameToSend): Uint8Array {
    const bytes = encodeFrame(frame);
    this.#options.recorder.record({
      lane: this.lane,
      direction: 'out',
      layer: 'websocket',
      summary: frameSummary(frame) + (frame.maskingKey === undefined ? ', not masked' : ''),
      bytes,
    });
    if (frame.opcode === OPCODES.close) this.#closeSent = true;
    return bytes;
  }

  /** Octets below all framing. */
  sendRaw(bytes: Uint8Array, summary: string): void {
    this.#options.recorder.record({ lane: this.lane, direction: 'out', layer: 'tcp', summary, bytes });
    this.write(bytes);
  }

  maskingKey(): Uint8Array {
    return this.#options.random(4);
  }

  /** The friendly end of this side: a Close frame over WebSocket, FIN over TCP. */
  close(code = 1000): void {
    if (!this.websocket || this.#closeSent) return this.fin();
    this.sendFrame({ opcode: OPCODES.close, payload: encodeCloseBody(code), maskingKey: this.maskingKey() });
  }

  fin(): void {
    this.#options.recorder.record({ lane: this.lane, direction: 'out', layer: 'tcp', summary: 'FIN' });
    this.duplex.end();
  }

  reset(): void {
    this.#options.recorder.record({ lane: this.lane, direction: 'out', layer: 'tcp', summary: 'RST' });
    this.#over = true;
    this.duplex.reset();
  }

  /** Ends what is still open, unrecorded: the instance is over. */
  abandon(): void {
    this.#over = true;
    this.duplex.reset();
  }

  private write(bytes: Uint8Array): void {
    this.duplex.write(bytes);
  }

  private recordMqtt(bytes: Uint8Array, how: string): void {
    const { version, recorder } = this.#options;
    const decoded = decode(bytes, { version, from: 'client', tolerate: () => true });
    const summary =
      decoded.packet === undefined
        ? `${bytes.length} bytes: ${decoded.violation.message}`
        : describe(decoded.packet, version);
    recorder.record({
      lane: this.lane,
      direction: 'out',
      layer: 'mqtt',
      summary: summary + how,
      bytes: maskSecrets(bytes),
    });
  }

  private deliver(event: WireEvent): void {
    if (this.#over) return;
    if (event.kind === 'frame' && this.answersControl) this.answer(event.frame);
    if (this.#listener === undefined) this.#early.push(event);
    else this.#listener(event);
  }

  /** RFC 6455 §5.5.1, §5.5.2: every Ping gets its Pong, a Close is answered once. */
  private answer(frame: Frame): void {
    const { payload } = frame;
    if (frame.opcode === OPCODES.ping) this.sendFrame({ opcode: OPCODES.pong, payload, maskingKey: this.maskingKey() });
    if (frame.opcode !== OPCODES.close || this.#closeSent) return;
    this.sendFrame({ opcode: OPCODES.close, payload: payload.slice(0, 2), maskingKey: this.maskingKey() });
  }

  private peerEnded(how: EndKind, detail?: string): void {
    if (this.#over) return;
    const summary = { fin: 'FIN', reset: 'RST', error: `connection error${detail === undefined ? '' : `: ${detail}`}` }[
      how
    ];
    const { clock, recorder } = this.#options;
    const entry = recorder.record({ lane: this.lane, direction: 'in', layer: 'tcp', summary });
    this.deliver({ kind: 'end', how, ...(detail === undefined ? {} : { detail }), at: clock.now(), entry });
    this.#over = true;
    if (how === 'fin') this.duplex.end();
  }
}
