/** Records what happens on the wire of one instance, once, bounded, secrets masked by those who hand it in. */
import type { Clock } from '#io';
import type { Direction, Layer, Transcript, TranscriptEntry } from '#wire';

/** What one instance may keep. */
export const TRANSCRIPT_LIMITS = {
  entries: 600,
  /** Octets of one unit. */
  bytes: 512,
} as const;

export interface RecordInput {
  readonly lane: number;
  readonly direction: Direction;
  readonly layer: Layer;
  readonly summary: string;
  readonly bytes?: Uint8Array;
  /** Where it isn't the length of `bytes`. */
  readonly size?: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class Recorder {
  readonly #clock: Clock;
  readonly #start: number;
  readonly #connections: { connection: number; label: string }[] = [];
  readonly #entries: Mutable<TranscriptEntry>[] = [];
  #omitted = 0;
  readonly #onEntry: ((entry: TranscriptEntry) => void) | undefined;

  constructor(clock: Clock, onEntry?: (entry: TranscriptEntry) => void) {
    this.#clock = clock;
    this.#start = clock.now();
    this.#onEntry = onEntry;
  }

  /** Opens a lane for one connection. */
  lane(label: string): number {
    const connection = this.#connections.length + 1;
    this.#connections.push({ connection, label });
    return connection;
  }

  rename(lane: number, label: string): void {
    const known = this.#connections[lane - 1];
    if (known !== undefined) known.label = label;
  }

  /** Returns the index of the entry; of the last one that was kept where the limit is reached. */
  record(input: RecordInput): number {
    const { lane, direction, layer, summary, bytes } = input;
    if (this.#entries.length >= TRANSCRIPT_LIMITS.entries) {
      this.#omitted += 1;
      return this.#entries.length - 1;
    }
    const size = input.size ?? bytes?.length;
    const kept = bytes?.subarray(0, TRANSCRIPT_LIMITS.bytes);
    const entry: TranscriptEntry = {
      at: this.#clock.now() - this.#start,
      connection: lane,
      direction,
      layer,
      summary,
      ...(size === undefined ? {} : { size }),
      ...(kept === undefined ? {} : { bytes: base64(kept) }),
      ...(bytes !== undefined && kept !== undefined && kept.length < bytes.length ? { cut: true } : {}),
    };
    this.#onEntry?.(entry);
    return this.#entries.push(entry) - 1;
  }

  note(lane: number, summary: string): number {
    return this.record({ lane, direction: 'note', layer: 'harness', summary });
  }

  /** Says which rule an entry breaks; the first one counts. */
  mark(entry: number, violation: NonNullable<TranscriptEntry['violation']>): void {
    const known = this.#entries[entry];
    if (known !== undefined) known.violation ??= violation;
  }

  transcript(): Transcript {
    return { connections: this.#connections, entries: this.#entries, omitted: this.#omitted };
  }
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
