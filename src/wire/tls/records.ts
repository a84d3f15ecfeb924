/** TLS records (RFC 8446 §5.1, RFC 5246 §6.2.1): the frames under everything else. */
import { concat } from '../concat.ts';
import { numberOctets } from './octets.ts';

export const CONTENT_TYPES = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
} as const;

export const TLS_VERSIONS = { ssl3: 0x0300, tls10: 0x0301, tls11: 0x0302, tls12: 0x0303, tls13: 0x0304 } as const;
export type TlsVersionName = keyof typeof TLS_VERSIONS;

const VERSION_NAMES: Readonly<Record<number, string>> = {
  [TLS_VERSIONS.ssl3]: 'SSL 3.0',
  [TLS_VERSIONS.tls10]: 'TLS 1.0',
  [TLS_VERSIONS.tls11]: 'TLS 1.1',
  [TLS_VERSIONS.tls12]: 'TLS 1.2',
  [TLS_VERSIONS.tls13]: 'TLS 1.3',
};

/** `TLS 1.2`; an unknown one by its number. */
export const tlsVersionName = (version: number): string =>
  VERSION_NAMES[version] ?? `version 0x${version.toString(16).padStart(4, '0')}`;

/** Octets that one record may hold: plain, protected by TLS 1.3, and by TLS 1.2 (RFC 8446 §5.2, RFC 5246 §6.2.3). */
export const RECORD_LIMITS = { plain: 16_384, protected13: 16_640, protected12: 18_432 } as const;

export interface TlsRecord {
  readonly type: number;
  /** `legacy_record_version`. */
  readonly version: number;
  readonly fragment: Uint8Array;
}

export interface RecordToSend extends TlsRecord {
  /** Another length in the header than that of the fragment. */
  readonly announced?: number;
}

/** A record as it is given: nothing is corrected. */
export function encodeRecord({ type, version, fragment, announced }: RecordToSend): Uint8Array {
  return concat([type], numberOctets(version, 2), numberOctets(announced ?? fragment.length, 2), fragment);
}

/** One stream of a content type in records of these sizes; the last size repeats. Sizes are at least 1. */
export function cutRecords(
  bytes: Uint8Array,
  sizes: readonly number[],
  { type, version }: Pick<TlsRecord, 'type' | 'version'>,
): Uint8Array {
  const records: Uint8Array[] = [];
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = Math.max(1, sizes[Math.min(index, sizes.length - 1)] ?? RECORD_LIMITS.plain);
    records.push(encodeRecord({ type, version, fragment: bytes.subarray(at, at + size) }));
    at += size;
  }
  return concat(...records);
}

export type RecordEvent =
  | { readonly kind: 'record'; readonly record: TlsRecord }
  /** Nothing is read behind it. `bytes`: from the octet that is wrong, as far as they came. */
  | { readonly kind: 'violation'; readonly message: string; readonly bytes: Uint8Array };

const HEADER = 5;

/** Records out of a stream in any pieces. Memory holds what came of one record, at most `RECORD_LIMITS.protected12`. */
export class TlsRecordReader {
  #rest: Uint8Array = new Uint8Array(0);
  #ended = false;

  /** Octets of a record that has begun. */
  get pending(): number {
    return this.#rest.length;
  }

  /** True after a violation. */
  get ended(): boolean {
    return this.#ended;
  }

  push(bytes: Uint8Array): RecordEvent[] {
    if (this.#ended) return [];
    const all = this.#rest.length === 0 ? bytes : concat(this.#rest, bytes);
    const events: RecordEvent[] = [];
    let at = 0;
    while (at < all.length && !this.#ended) {
      const wrong = headerFault(all.subarray(at, at + HEADER));
      if (wrong !== undefined) {
        this.#ended = true;
        events.push({ kind: 'violation', message: wrong, bytes: all.slice(at) });
        break;
      }
      const length = (all[at + 3] ?? 0) * 256 + (all[at + 4] ?? 0);
      if (all.length - at < HEADER + length) break;
      if (at + HEADER > all.length) break;
      const fragment = all.slice(at + HEADER, at + HEADER + length);
      const version = (all[at + 1] ?? 0) * 256 + (all[at + 2] ?? 0);
      events.push({ kind: 'record', record: { type: all[at] ?? 0, version, fragment } });
      at += HEADER + length;
    }
    this.#rest = this.#ended ? new Uint8Array(0) : all.slice(at);
    return events;
  }
}

/** What is wrong with as much of a header as is there; undefined: nothing yet. */
function headerFault(header: Uint8Array): string | undefined {
  const [type = 0, major, minor, high, low] = header;
  if (type < CONTENT_TYPES.changeCipherSpec || type > CONTENT_TYPES.applicationData + 1)
    return `0x${type.toString(16).padStart(2, '0')} begins no TLS record`;
  if (major !== undefined && major !== 3) return `a record of version ${major}.${minor ?? '?'}`;
  if (high === undefined || low === undefined) return undefined;
  const length = high * 256 + low;
  if (length > RECORD_LIMITS.protected12) return `a record of ${length} octets (at most ${RECORD_LIMITS.protected12})`;
  // RFC 8446 §5.1, RFC 5246 §6.2.1: only application data may be empty.
  if (length === 0 && type !== CONTENT_TYPES.applicationData) return `an empty record of type ${type}`;
  return undefined;
}
