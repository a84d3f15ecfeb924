/** The closing handshake in each order, and the end of TCP behind it (RFC 6455 §7). */
import { encodeCloseBody, OPCODES, type FrameToSend } from '#wire';
import type { Clock, Timer } from '#io';
import type { EndReason } from '../core-connection.ts';
import type { Gate } from '../gate.ts';
import type { Why } from '../why.ts';
import type { Transport } from './transport.ts';

/** The status code that says to a WebSocket what the core says to MQTT. */
const CODES = {
  normal: 1000,
  takeover: 1000,
  shutdown: 1001,
  'protocol-error': 1002,
  refused: 1008,
  'not-authorized': 1008,
  'keep-alive': 1008,
  'too-large': 1009,
  'server-error': 1011,
} as const satisfies Record<EndReason['kind'], number>;

/** Milliseconds for which the peer's Close is waited for. */
const CLOSE_LIMIT_MS = 2_000;

const UNBOUNDED = -1;
const WITHOUT_FRAME = -1;

export interface ClosingOptions {
  readonly clock: Clock;
  readonly gate: Gate;
  readonly transport: Transport;
  readonly send: (frame: FrameToSend, why: Why) => void;
}

export class Closing {
  readonly #options: ClosingOptions;
  #sent = false;
  #timer: Timer | undefined;

  constructor(options: ClosingOptions) {
    this.#options = options;
  }

  /** True as soon as this side has sent Close, or gone without it. */
  get started(): boolean {
    return this.#sent;
  }

  /** This side begins; the peer's Close, or a limit, ends TCP. */
  start({ kind }: EndReason): void {
    if (this.#sent) return;
    const { gate, transport } = this.#options;
    const code = gate.decide('ws.close-code', CODES[kind], transport.about);
    const why = kind === 'normal' ? 'disconnect' : 'violation';
    this.#close(code, why);
    if (code === WITHOUT_FRAME) return this.#endTcp(why);
    const limit = gate.decide('ws.close-limit', CLOSE_LIMIT_MS, transport.about);
    if (limit !== UNBOUNDED) this.#timer = this.#options.clock.after(limit, () => this.#endTcp(why));
  }

  /** The peer's Close has come: it is answered, unless ours was out already. */
  answer(code: number | undefined): void {
    const { gate, transport } = this.#options;
    if (!this.#sent && gate.decide('ws.close-answer', true, transport.about)) {
      this.#close(gate.decide('ws.close-answer-code', code ?? 0, transport.about), 'reply');
    }
    this.#sent = true;
    const ms = gate.decide('ws.tcp-after-close', 0, transport.about);
    if (ms === 0) return this.#endTcp('reply');
    this.#timer?.cancel();
    if (ms !== UNBOUNDED) this.#timer = this.#options.clock.after(ms, () => this.#endTcp('reply'));
  }

  /** The peer broke a rule of WebSocket: Close and FIN, without waiting. */
  fail(code: number): void {
    const { gate, transport } = this.#options;
    if (!this.#sent) this.#close(gate.decide('ws.fail-code', code, transport.about), 'violation');
    this.#endTcp('violation');
  }

  /** The peer's FIN: nothing is left to wait for. */
  peerEnded(): void {
    this.#endTcp('connection-lost');
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #close(code: number, why: Why): void {
    this.#sent = true;
    if (code === WITHOUT_FRAME) return;
    this.#options.send({ opcode: OPCODES.close, payload: encodeCloseBody(code === 0 ? undefined : code) }, why);
  }

  #endTcp(why: Why): void {
    this.#timer?.cancel();
    const { gate, transport } = this.#options;
    const { connection = 0 } = transport.about;
    gate.emit({ kind: 'transport-end', connection, how: 'fin', why, cause: 'transport' });
  }
}
