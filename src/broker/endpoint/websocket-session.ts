/** A WebSocket connection after its opening handshake: frames in, frames out, and how it ends. */
import {
  encodeFrame,
  FrameReader,
  MessageAssembler,
  OPCODES,
  type Frame,
  type FrameToSend,
  type FrameViolation,
  type PerMessageDeflate,
} from '#wire';
import type { Clock } from '#io';
import type { CoreConnection, EndReason } from '../core-connection.ts';
import type { Gate } from '../gate.ts';
import type { Why } from '../why.ts';
import { Closing } from './closing.ts';
import { Gathered, joined } from './gathered.ts';
import { frames } from './framing.ts';
import { PingAnswers } from './ping-answers.ts';
import type { Transport } from './transport.ts';

export interface SessionOptions {
  readonly clock: Clock;
  readonly gate: Gate;
  readonly core: CoreConnection;
  readonly transport: Transport;
  /** Bytes of one frame; more is refused with 1009. */
  readonly maximumFrame: number;
  readonly deflate?: PerMessageDeflate;
  /** False: packets are taken and never served (a decision about clients that don't offer mqtt). */
  readonly served: boolean;
  /** Goes out in one write with what comes first. */
  readonly prefix?: Uint8Array;
}

export class WebSocketSession {
  readonly #options: SessionOptions;
  readonly #reader: FrameReader;
  readonly #assembler: MessageAssembler;
  readonly #out: Gathered;
  readonly #pings: PingAnswers;
  readonly #closing: Closing;
  #prefix: Uint8Array | undefined;
  /** Why nothing is read any more. */
  #failed = false;
  /** The client has sent Close. */
  #closeReceived = false;
  /** A broken rule that ends the connection only when the octets at hand are served. */
  #brokenLater: FrameViolation | undefined;
  /** A message in fragments is unfinished. */
  #messageOpen = false;
  /** A message is being put together before it is served: its frames wait for the last. */
  #waits = false;
  #maskingKey: Uint8Array | undefined;

  constructor(options: SessionOptions) {
    const { gate, transport, deflate } = options;
    const tolerate = (violation: FrameViolation): boolean => this.#tolerates(violation);
    this.#options = options;
    this.#prefix = options.prefix;
    this.#reader = new FrameReader({
      from: 'client',
      maximumPayload: options.maximumFrame,
      deflate: deflate !== undefined,
      tolerate,
    });
    this.#assembler = new MessageAssembler({
      from: 'client',
      maximumMessage: options.maximumFrame,
      tolerate,
      ...(deflate === undefined ? {} : { deflate }),
    });
    this.#out = new Gathered(options.clock, (parts, length) => this.#flushed(parts, length));
    this.#pings = new PingAnswers(gate, transport.about, (frame) => this.#emit(frame, 'reply'));
    this.#closing = new Closing({
      clock: options.clock,
      gate,
      transport,
      send: (frame, why) => this.#emit(frame, why),
    });
    if (this.#prefix !== undefined) options.clock.after(0, () => this.#writePrefix());
  }

  /** Bytes that wait here. */
  get buffered(): number {
    return this.#out.length;
  }

  received(bytes: Uint8Array): void {
    if (this.#failed) return;
    for (const event of this.#reader.push(bytes)) {
      if (event.kind === 'frame') this.#emitReceived(event.frame);
      else this.#fail(event.violation);
      if (this.#failed) break;
    }
    this.#pings.flush();
    if (this.#brokenLater !== undefined) this.#failWith(this.#brokenLater.closeCode);
    if (this.#closeReceived) this.#options.core.transportEnded('closed');
  }

  /** Serves a frame that passed the gate. */
  frameReceived(frame: Frame): void {
    if (this.#closeReceived && this.#dropsAfterClose(frame)) return;
    if (frame.opcode <= OPCODES.binary) this.#data(frame);
    else this.#control(frame);
  }

  /** Puts a frame that passed the gate on the wire. */
  frameSent(frame: FrameToSend): void {
    const bytes = encodeFrame(frame);
    const prefix = this.#prefix;
    this.#prefix = undefined;
    this.#options.transport.write(prefix === undefined ? bytes : joined([prefix, bytes], prefix.length + bytes.length));
  }

  sendBytes(bytes: Uint8Array): void {
    const { gate, transport } = this.#options;
    this.#out.add(bytes, gate.altered ? gate.decide('ws.gather', 0, transport.about) : 0);
  }

  /** MQTT is over: Close with the fitting code, then TCP. */
  end(reason: EndReason): void {
    this.#out.flush();
    this.#writePrefix();
    this.#closing.start(reason);
  }

  /** TCP is gone, or going. */
  gone(): void {
    this.#out.discard();
    this.#closing.stop();
  }

  /** The peer's FIN, with or without a Close before. */
  ended(): void {
    this.#out.flush();
    this.#closing.peerEnded();
  }

  #data(frame: Frame): void {
    const { core, gate, transport, served } = this.#options;
    if (frame.opcode === OPCODES.text && gate.enforces('ws.data-type', transport.about)) {
      return this.#failWith(1003);
    }
    if (this.#closing.started && !this.#closeReceived && this.#brokenLater === undefined) return;
    if (frame.opcode !== OPCODES.continuation) this.#waits = this.#waitsForAll(frame);
    if (!this.#waits) {
      // Packets need not be aligned with messages (MQTT-6.0.0-2): nothing waits for the end of one.
      if (served && frame.payload.length > 0) core.received(frame.payload);
      return;
    }
    const event = this.#assembler.push(frame);
    if (event?.kind === 'message' && served) core.received(event.payload);
    else if (event?.kind === 'violation') this.#fail(event.violation);
  }

  /** What is compressed is inflated as a whole. */
  #waitsForAll(frame: Frame): boolean {
    const { gate, transport, deflate } = this.#options;
    if (frame.rsv1 && deflate !== undefined) return true;
    return gate.decide('ws.messages', 'as-they-come', transport.about) === 'whole';
  }

  /** RFC 6455 §5.3 binds the client only; who is strict may refuse what can't be chance. */
  #refusesKey({ maskingKey }: Frame): boolean {
    const { gate, transport } = this.#options;
    const before = this.#maskingKey;
    this.#maskingKey = maskingKey;
    const again = before !== undefined && maskingKey?.every((octet, index) => octet === before[index]) === true;
    return again && gate.decide('ws.masking-key-again', 'serve', transport.about) === 'fail';
  }

  #control(frame: Frame): void {
    const event = this.#assembler.push(frame);
    if (event?.kind === 'ping' && !this.#closing.started) {
      this.#options.core.pinged();
      this.#pings.add(event.payload);
    } else if (event?.kind === 'close') {
      this.#closeReceived = true;
      this.#pings.flush();
      this.#out.flush();
      this.#writePrefix();
      this.#closing.answer(event.close.code);
    } else if (event?.kind === 'violation') this.#fail(event.violation);
  }

  #dropsAfterClose(frame: Frame): boolean {
    const { gate, transport } = this.#options;
    if (frame.opcode > OPCODES.binary) return true;
    return gate.decide('ws.after-close', 'discard', transport.about) === 'discard';
  }

  #fail(violation: FrameViolation): void {
    this.#failWith(violation.closeCode);
  }

  #tolerates(violation: FrameViolation): boolean {
    const { gate, transport } = this.#options;
    if (!gate.enforces(violation.name, transport.about)) return true;
    if (gate.decide('ws.after-fail', 'stop', transport.about) === 'stop') return false;
    this.#brokenLater = violation;
    return true;
  }

  /** _Fail the WebSocket Connection_ (RFC 6455 §7.1.7). */
  #failWith(code: number): void {
    this.#failed = true;
    this.#pings.flush();
    this.#out.flush();
    this.#writePrefix();
    this.#closing.fail(code);
    this.#options.core.transportEnded('transport-error');
  }

  #flushed(parts: readonly Uint8Array[], length: number): void {
    const { gate, transport, deflate } = this.#options;
    if (!gate.altered && deflate === undefined) {
      this.#emit({ opcode: OPCODES.binary, payload: joined(parts, length) }, 'frame');
    } else for (const frame of frames(parts, length, gate, transport.about, deflate)) this.#emit(frame, 'frame');
    if (transport.duplex.buffered === 0) this.#options.core.drained();
  }

  #writePrefix(): void {
    const prefix = this.#prefix;
    this.#prefix = undefined;
    if (prefix !== undefined) this.#options.transport.write(prefix);
  }

  #emit(frame: FrameToSend, why: Why): void {
    const { connection } = this.#options.core;
    this.#options.gate.emit({ kind: 'frame-sent', connection, frame, why, cause: 'bytes' });
  }

  #emitReceived(frame: Frame): void {
    const { connection } = this.#options.core;
    if (this.#options.gate.altered && this.#refusesKey(frame)) return this.#failWith(1008);
    const inside = this.#messageOpen;
    if (frame.opcode <= OPCODES.binary) this.#messageOpen = !frame.fin;
    this.#options.gate.emit({ kind: 'frame-received', connection, frame, inside, why: 'frame', cause: 'bytes' });
  }
}
