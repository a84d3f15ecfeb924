/** What goes through a connection of the reference broker, one line a unit: `#3 ← CONNECT …`. */
import { type Duplex, wrappedDuplex } from '#io';
import type { MqttVersion } from '#spec';
import { MASK } from '#target';
import { describe, FrameReader, HttpHeadReader, OPCODES, PacketReader } from '#wire';

export type Say = (line: string) => void;

/** The same duplex; `say` hears of all that passes. */
export function tapped(duplex: Duplex, transport: 'ws' | 'tcp', name: string, say: Say): Duplex {
  const client = new StreamLog('client', transport, (unit) => say(`${name} ← ${unit}`));
  const server = new StreamLog(
    'server',
    transport,
    (unit) => say(`${name} → ${unit}`),
    () => client.version,
  );
  return wrappedDuplex(duplex, {
    listen: (listener) =>
      duplex.listen({
        data: (bytes) => {
          client.push(bytes.slice());
          listener.data(bytes);
        },
        ended: () => {
          say(`${name} ← FIN`);
          listener.ended();
        },
        closed: (kind, detail) => {
          say(`${name}   closed (${kind}${detail === undefined ? '' : `: ${detail}`})`);
          listener.closed(kind, detail);
        },
        drained: () => listener.drained?.(),
      }),
    write: (bytes) => {
      server.push(bytes.slice());
      duplex.write(bytes);
    },
    end: () => {
      say(`${name} → FIN`);
      duplex.end();
    },
    reset: () => {
      say(`${name} → RST`);
      duplex.reset();
    },
  });
}

const OPCODE_NAMES: Readonly<Record<number, string>> = {
  [OPCODES.text]: 'text frame',
  [OPCODES.close]: 'Close',
  [OPCODES.ping]: 'Ping',
  [OPCODES.pong]: 'Pong',
};

/** One direction of one connection. */
class StreamLog {
  readonly #say: Say;
  readonly #http: HttpHeadReader;
  readonly #frames: FrameReader;
  readonly #from: 'client' | 'server';
  readonly #spoken: () => MqttVersion | undefined;
  #packets: PacketReader | undefined;
  #layer: 'http' | 'frames' | 'packets' | 'unreadable';

  /** `spoken`: the version that the client's CONNECT said; a client's own stream says it itself. */
  constructor(
    from: 'client' | 'server',
    transport: 'ws' | 'tcp',
    say: Say,
    spoken: () => MqttVersion | undefined = () => undefined,
  ) {
    this.#say = say;
    this.#from = from;
    this.#spoken = spoken;
    this.#http = new HttpHeadReader({ kind: from === 'client' ? 'request' : 'response' });
    this.#frames = new FrameReader({ from, tolerate: () => true });
    this.#layer = transport === 'ws' ? 'http' : 'packets';
  }

  get version(): MqttVersion | undefined {
    return this.#packets?.version;
  }

  push(bytes: Uint8Array): void {
    if (this.#layer === 'http') this.head(bytes);
    else if (this.#layer === 'frames') this.frames(bytes);
    else if (this.#layer === 'packets') this.packets(bytes);
  }

  private head(bytes: Uint8Array): void {
    const event = this.#http.push(bytes);
    if (event === undefined) return;
    if (event.kind !== 'head') return this.stop('what is no HTTP');
    // Tokens are passed in the query.
    this.#say(event.head.startLine.replace(/([?&][^=&\s]*=)[^&\s]*/g, `$1${MASK}`));
    this.#layer = 'frames';
    if (event.rest.length > 0) this.frames(event.rest);
  }

  private frames(bytes: Uint8Array): void {
    for (const event of this.#frames.push(bytes)) {
      if (event.kind === 'violation') return this.stop(event.violation.message);
      const { opcode, payload, rsv1 } = event.frame;
      const name = OPCODE_NAMES[opcode];
      if (name !== undefined) this.#say(`${name}, ${payload.length} bytes`);
      if (rsv1) return this.stop('a compressed message; what follows is not shown');
      if (name === undefined || opcode === OPCODES.text) this.packets(payload);
    }
  }

  private packets(bytes: Uint8Array): void {
    const version = this.#spoken();
    this.#packets ??= new PacketReader({
      from: this.#from,
      tolerate: () => true,
      ...(version === undefined ? {} : { version }),
    });
    for (const event of this.#packets.push(bytes)) {
      this.#say(
        event.kind === 'packet' ? describe(event.packet, this.#packets.version) : `✗ ${event.violation.message}`,
      );
    }
    if (this.#packets.ended) this.stop('no more packets can be read');
  }

  private stop(why: string): void {
    this.#layer = 'unreadable';
    this.#say(`(${why})`);
  }
}
