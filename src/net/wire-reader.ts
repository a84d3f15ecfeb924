/** Reads what the peer sends, layer by layer: HTTP head, frames, MQTT packets. It goes on over violations where it can. */
import {
  decodeCloseBody,
  describe,
  FrameReader,
  headerList,
  HttpHeadReader,
  judgeExtensions,
  OPCODES,
  PacketReader,
  parseExtensions,
  type Frame,
  type FrameEvent,
  type HttpHead,
  type ReaderEvent,
} from '#wire';
import type { RequirementKey } from '#spec';
import { Deflation } from './deflation.ts';
import type { WireEvent } from './events.ts';
import { frameSummary } from './frame-summary.ts';
import type { WireOptions } from './wire-options.ts';

type Came<T> = T extends WireEvent ? Omit<T, 'at'> : never;

/** A peer that breaks more rules than this on one connection sends noise. */
const MOST_VIOLATIONS = 100;

export class WireReader {
  readonly #options: WireOptions;
  readonly #emit: (event: WireEvent) => void;
  /** Value of Sec-WebSocket-Extensions that was sent. */
  offered: string | undefined;
  /** Where permessage-deflate was agreed. */
  deflation: Deflation | undefined;
  #http = new HttpHeadReader({ kind: 'response' });
  #frames = new FrameReader({ from: 'server', tolerate: () => true });
  readonly #packets: PacketReader;
  /** Octets of a refusal's body that are still to come. */
  #body = 0;
  /** HTTP until a 101 has come. */
  #layer: 'http' | 'frames' | 'octets' | 'unreadable';
  #closeSeen = false;
  #violations = 0;

  constructor(options: WireOptions, emit: (event: WireEvent) => void) {
    this.#options = options;
    this.#emit = emit;
    this.#layer = options.websocket ? 'http' : 'octets';
    this.#packets = new PacketReader({ from: 'server', version: options.version, tolerate: () => true });
  }

  data(bytes: Uint8Array): void {
    if (this.#layer === 'http') return this.readHttp(bytes);
    if (this.#layer === 'frames') return this.readFrames(bytes);
    if (this.#layer === 'octets') return this.readPackets(bytes);
    this.record('tcp', `${bytes.length} bytes that are not read any more`, bytes);
  }

  private readHttp(all: Uint8Array): void {
    const bytes = all.subarray(this.#body);
    this.#body = Math.max(0, this.#body - all.length);
    const result = this.#http.push(bytes);
    if (result === undefined) return;
    if (result.kind === 'not-http') return this.unreadable('http', 'not an HTTP response', result.bytes);
    if (result.kind === 'too-large') return this.unreadable('http', 'an HTTP head without end', result.bytes);
    const { head, rest } = result;
    const entry = this.record('http', head.startLine, head.bytes);
    const status = statusOf(head);
    if (status === 101) this.openFrames(head);
    else this.awaitNext(head);
    this.emit({ kind: 'http', head, status, entry });
    if (rest.length > 0) this.data(rest);
  }

  private openFrames(head: HttpHead): void {
    this.#layer = 'frames';
    const answered = headerList(head, 'Sec-WebSocket-Extensions');
    if (answered === undefined || this.offered === undefined) return;
    const agreed = judgeExtensions(parseExtensions(answered) ?? [], parseExtensions(this.offered) ?? []);
    if (agreed.deflate === undefined) return;
    this.deflation = new Deflation(agreed.deflate);
    this.#frames = new FrameReader({ from: 'server', deflate: true, tolerate: () => true });
  }

  /** Another answer may follow a refusal, if it says how long it is (RFC 9112 §6.3). */
  private awaitNext(head: HttpHead): void {
    const length = /^\d+$/.exec(headerList(head, 'Content-Length') ?? '');
    if (length === null) this.#layer = 'unreadable';
    this.#body = Number(length ?? 0);
    this.#http = new HttpHeadReader({ kind: 'response' });
  }

  private readFrames(bytes: Uint8Array): void {
    for (const event of this.#frames.push(bytes)) this.frame(event);
  }

  private frame(event: FrameEvent): void {
    if (this.#layer === 'unreadable') return;
    if (event.kind === 'violation') {
      const { message, requirements } = event.violation;
      const entry = this.record('websocket', message, event.bytes);
      this.emit({ kind: 'violation', requirements, message, entry });
      return this.unreadable('websocket', `frames that can't be read any further: ${message}`);
    }
    const { frame } = event;
    const entry = this.record('websocket', frameSummary(frame), isControl(frame) ? frame.payload : undefined, frame);
    for (const { requirements, message } of event.tolerated ?? []) {
      this.emit({ kind: 'violation', requirements, message, entry });
    }
    if (frame.opcode === OPCODES.text) {
      const keys = ['ws/frame/server-opcodes', `${this.#options.version}/MQTT-6.0.0-1#server-output`] as const;
      for (const key of keys) this.violates(key, 'the server sent a text frame', entry);
    }
    if (isControl(frame)) {
      if (frame.opcode === OPCODES.close) this.close(frame, entry);
      return this.emit({ kind: 'frame', frame, entry });
    }
    if (this.#closeSeen)
      this.violates('ws/close/no-data-after-server-close', 'a data frame after the Close frame', entry);
    if (this.deflation?.takes(frame) === true) this.inflate(this.deflation, frame, entry);
    else this.readPackets(frame.payload);
  }

  private inflate(deflation: Deflation, frame: Frame, entry: number): void {
    let payload: Uint8Array | undefined;
    try {
      payload = deflation.add(frame);
    } catch (error) {
      this.violates('ws/deflate/server-output', `a compressed message is ${(error as Error).message}`, entry);
      return this.unreadable('websocket', 'compressed messages that do not inflate', frame.payload);
    }
    if (payload !== undefined) this.readPackets(payload);
  }

  private close(frame: Frame, entry: number): void {
    this.#closeSeen = true;
    for (const { requirements, message } of decodeCloseBody(frame.payload, 'server').violations) {
      this.emit({ kind: 'violation', requirements, message, entry });
    }
  }

  private readPackets(bytes: Uint8Array): void {
    for (const event of this.#packets.push(bytes)) this.packet(event);
  }

  private packet(event: ReaderEvent): void {
    if (this.#layer === 'unreadable') return;
    if (event.kind === 'violation') {
      const { requirements, message } = event.violation;
      const entry = this.record('mqtt', message, event.bytes);
      this.emit({ kind: 'violation', requirements, message, bytes: event.bytes, entry });
      if (this.#packets.ended) this.unreadable('mqtt', `packets that can't be read any further: ${message}`);
      return;
    }
    const { packet, bytes } = event;
    const entry = this.record('mqtt', describe(packet, this.#options.version), bytes);
    for (const { requirements, message } of event.tolerated ?? []) {
      this.emit({ kind: 'violation', requirements, message, bytes, entry });
    }
    this.emit({ kind: 'packet', packet, bytes, entry });
  }

  private violates(requirement: RequirementKey, message: string, entry: number): void {
    this.emit({ kind: 'violation', requirements: [requirement], message, entry });
  }

  private unreadable(layer: 'http' | 'websocket' | 'mqtt', message: string, bytes?: Uint8Array): void {
    this.#layer = 'unreadable';
    const entry = this.record(layer, message, bytes);
    this.emit({ kind: 'unreadable', message, entry, ...(bytes === undefined ? {} : { bytes }) });
  }

  private record(
    layer: 'tcp' | 'http' | 'websocket' | 'mqtt',
    summary: string,
    bytes?: Uint8Array,
    frame?: Frame,
  ): number {
    const size = frame === undefined ? undefined : frame.headerLength + frame.payload.length;
    return this.#options.recorder.record({
      lane: this.#options.lane,
      direction: 'in',
      layer,
      summary,
      ...(bytes === undefined ? {} : { bytes }),
      ...(size === undefined ? {} : { size }),
    });
  }

  private emit(event: Came<WireEvent>): void {
    this.#emit({ ...event, at: this.#options.clock.now() });
    if (event.kind !== 'violation') return;
    this.#violations += 1;
    if (this.#violations === MOST_VIOLATIONS)
      this.unreadable('mqtt', `more than ${MOST_VIOLATIONS} violations: not read any further`);
  }
}

/** `HTTP/1.1 101 Switching Protocols` → 101; 0 where there is no status. */
function statusOf(head: { readonly startLine: string }): number {
  return Number(/^HTTP\/\d\.\d (\d{3})(?: |$)/.exec(head.startLine)?.[1] ?? 0);
}

const isControl = (frame: Frame): boolean => frame.opcode >= OPCODES.close;
