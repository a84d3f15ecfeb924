/** The last packets of all connections of a thread, in few bytes: the transcript of a finding. */

const SIZE = 1024;

/** `<` is what came, `>` what was sent. */
export const RING_EVENTS = [
  '< PUBLISH',
  '< PUBLISH dup',
  '> PUBACK',
  '> PUBREC',
  '< PUBREL',
  '> PUBCOMP',
  '> SUBSCRIBE',
  '< SUBACK',
  '> UNSUBSCRIBE',
  '< UNSUBACK',
  '< CONNACK',
  '> CONNECT',
  '> DISCONNECT',
  '< DISCONNECT',
] as const;
export type RingEvent = (typeof RING_EVENTS)[number];
const NUMBER = Object.fromEntries(RING_EVENTS.map((name, index) => [name, index])) as Readonly<
  Record<RingEvent, number>
>;
/** Numbers of events, for the way that every message takes. */
export const PUBLISH_IN = NUMBER['< PUBLISH'];
export const PUBLISH_AGAIN = NUMBER['< PUBLISH dup'];

export class Ring {
  readonly #client = new Int32Array(SIZE).fill(-1);
  readonly #event = new Uint8Array(SIZE);
  readonly #packetId = new Uint16Array(SIZE);
  readonly #lane = new Int32Array(SIZE);
  readonly #sequence = new Float64Array(SIZE);
  readonly #at = new Float64Array(SIZE);
  #next = 0;

  /** `lane` and `sequence`: -1 where the packet has none; `packetId` 0. */
  put(client: number, event: number, packetId: number, lane: number, sequence: number, at: number): void {
    const n = this.#next;
    this.#client[n] = client;
    this.#event[n] = event;
    this.#packetId[n] = packetId;
    this.#lane[n] = lane;
    this.#sequence[n] = sequence;
    this.#at[n] = at;
    this.#next = (n + 1) & (SIZE - 1);
  }

  note(client: number, event: RingEvent, packetId: number, at: number): void {
    this.put(client, NUMBER[event], packetId, -1, -1, at);
  }

  /** The last `most` packets of a connection, a line each; times in milliseconds since `origin`. */
  transcript(client: number, origin: number, most = 20): string[] {
    const lines: string[] = [];
    for (let back = 1; back <= SIZE && lines.length < most; back += 1) {
      const n = (this.#next - back) & (SIZE - 1);
      if (this.#client[n] !== client) continue;
      const event = RING_EVENTS[this.#event[n] as number] ?? '';
      const packetId = this.#packetId[n] === 0 ? '' : ` id=${this.#packetId[n]}`;
      const lane = this.#lane[n] === -1 ? '' : ` lane=${this.#lane[n]} seq=${this.#sequence[n]}`;
      lines.push(`${((this.#at[n] as number) - origin).toFixed(1).padStart(10)} ms  ${event}${packetId}${lane}`);
    }
    return lines.toReversed();
  }
}
