import type { HeaderLine, HttpHead } from './http-head.ts';
import { latin1Text } from './latin1.ts';
import { isToken, trimBlanks } from './tokens.ts';

export interface HttpHeadReaderOptions {
  /** A request begins with a method, a response with `HTTP/`. */
  readonly kind: 'request' | 'response';
  /** Bytes; a longer head is refused as soon as it is longer. Default 16,384. */
  readonly limit?: number;
}

export type HeadEvent =
  /** `rest`: what came behind the empty line in the same delivery. */
  | { readonly kind: 'head'; readonly head: HttpHead; readonly rest: Uint8Array }
  /** The bytes can't become such a head. */
  | { readonly kind: 'not-http'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly bytes: Uint8Array };

export const DEFAULT_HEAD_LIMIT = 16_384;
const CR = 0x0d;
const LF = 0x0a;

/** Reads one head of HTTP from a stream cut anywhere; says once what came of it. */
export class HttpHeadReader {
  readonly #kind: 'request' | 'response';
  readonly #limit: number;
  #bytes = new Uint8Array(512);
  #length = 0;
  /** Where the line that is being read began. */
  #lineStart = 0;
  #done = false;

  constructor(options: HttpHeadReaderOptions) {
    this.#kind = options.kind;
    this.#limit = options.limit ?? DEFAULT_HEAD_LIMIT;
  }

  /** Bytes of an unfinished head that are kept. */
  get pending(): number {
    return this.#done ? 0 : this.#length;
  }

  /** What was read of an unfinished head. */
  get received(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Undefined while more is needed, and after the end. */
  push(chunk: Uint8Array): HeadEvent | undefined {
    for (let at = 0; at < chunk.length && !this.#done; at += 1) {
      const byte = chunk[at] as number;
      if (this.#length >= this.#limit) return this.#end({ kind: 'too-large', bytes: this.received });
      this.#keep(byte);
      if (!this.#canBegin(byte)) return this.#end({ kind: 'not-http', bytes: this.received });
      if (byte !== LF) continue;
      const lineLength = this.#length - this.#lineStart;
      const empty = lineLength === 1 || (lineLength === 2 && this.#bytes[this.#length - 2] === CR);
      if (empty && this.#lineStart > 0) {
        return this.#end({ kind: 'head', head: parseHead(this.received), rest: chunk.subarray(at + 1) });
      }
      // Empty lines before the first one don't count (RFC 9112 §2.2).
      if (empty) this.#length = 0;
      else this.#lineStart = this.#length;
    }
    return undefined;
  }

  #keep(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  /** False as soon as the first bytes show another protocol. */
  #canBegin(byte: number): boolean {
    const index = this.#length - 1;
    if (this.#lineStart > 0) return true;
    if (this.#kind === 'response') return index >= 5 || byte === 'HTTP/'.charCodeAt(index);
    return index > 0 || byte === CR || byte === LF || isToken(String.fromCharCode(byte));
  }

  #end(event: HeadEvent): HeadEvent {
    this.#done = true;
    return event;
  }
}

/** A whole head, with its empty line. */
export function parseHead(bytes: Uint8Array): HttpHead {
  const text = latin1Text(bytes);
  const lines = text.replace(/\r?\n\r?\n$/, '').split(/\r?\n/);
  const headers: HeaderLine[] = [];
  const malformedLines: string[] = [];
  for (const raw of lines.slice(1)) {
    const before = headers.at(-1);
    if (/^[ \t]/.test(raw) && before !== undefined) headers[headers.length - 1] = fold(before, raw);
    else {
      const line = parseLine(raw);
      if (line === undefined) malformedLines.push(raw);
      else headers.push(line);
    }
  }
  const bareLf = /(^|[^\r])\n/.test(text);
  return { startLine: lines[0] ?? '', headers, malformedLines, bareLf, bytes: bytes.slice() };
}

function parseLine(raw: string): HeaderLine | undefined {
  const colon = raw.indexOf(':');
  const before = raw.slice(0, Math.max(0, colon));
  const name = trimBlanks(before);
  if (!isToken(name) || /^[ \t]/.test(before)) return undefined;
  const spaceBeforeColon = name.length !== before.length;
  return { name, value: trimBlanks(raw.slice(colon + 1)), raw, spaceBeforeColon, folded: false };
}

function fold(line: HeaderLine, more: string): HeaderLine {
  const value = trimBlanks(`${line.value} ${trimBlanks(more)}`);
  return { ...line, value, raw: `${line.raw}\r\n${more}`, folded: true };
}
