/** Pongs for the Pings that came together (RFC 6455 §5.5.3). */
import { OPCODES, type FrameToSend } from '#wire';
import type { About } from '../alteration.ts';
import type { Gate } from '../gate.ts';

/** Octets that no Ping of a case carries by chance. */
const OTHER = Uint8Array.of(0x6f, 0x74, 0x68, 0x65, 0x72);

export class PingAnswers {
  readonly #gate: Gate;
  readonly #about: About;
  readonly #send: (frame: FrameToSend) => void;
  /** Only the last is owed, where the decision says so: it waits for the end of the burst. */
  #last: Uint8Array | undefined;
  #inBurst = false;

  constructor(gate: Gate, about: About, send: (frame: FrameToSend) => void) {
    this.#gate = gate;
    this.#about = about;
    this.#send = send;
  }

  add(payload: Uint8Array): void {
    const which = this.#gate.decide('ws.pong', 'each', this.#about);
    if (which === 'each' || (which === 'first' && !this.#inBurst)) this.#answer(payload);
    else if (which === 'last') this.#last = payload;
    this.#inBurst = true;
  }

  /** The octets that came together have all been read. */
  flush(): void {
    const last = this.#last;
    this.#last = undefined;
    this.#inBurst = false;
    if (last !== undefined) this.#answer(last);
  }

  #answer(payload: Uint8Array): void {
    const choice = this.#gate.decide('ws.pong-payload', 'same', this.#about);
    const other = choice === 'empty' ? new Uint8Array(0) : OTHER;
    this.#send({ opcode: OPCODES.pong, payload: choice === 'same' ? payload : other });
  }
}
