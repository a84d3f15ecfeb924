/** What the script unfolds on demand: rows of data, deflated together, as long as they fit into the file. */
import { deflateRawSync } from 'node:zlib';

/** Characters in one pack: larger ones are smaller in the file, and slower to open. */
const PACK_SIZE = 400_000;

/** What became of the rows of one kind. */
export interface Packed {
  readonly kept: number;
  readonly leftOut: number;
}

export class Packs {
  readonly #elements: string[] = [];
  #left: number;

  /** `bytes`: how much of the file they may take. */
  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** In the order of the rows, until there is no room: contents of the rest are not even made. */
  fill(kind: string, rows: readonly number[], contentOf: (row: number) => unknown): Packed {
    let kept = 0;
    let open: string[] = [];
    let size = 0;
    for (const [index, row] of rows.entries()) {
      const text = `"${row}":${JSON.stringify(contentOf(row))}`;
      open.push(text);
      size += text.length;
      if (size < PACK_SIZE && index < rows.length - 1) continue;
      if (!this.#close(kind, rows[kept] ?? 0, row, open)) break;
      kept = index + 1;
      open = [];
      size = 0;
    }
    return { kept, leftOut: rows.length - kept };
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#left;
  }

  /** Bytes that something else needs. */
  take(bytes: number): void {
    this.#left -= bytes;
  }

  /** The script elements that hold them: data, not code. */
  get elements(): string {
    return this.#elements.join('');
  }

  #close(kind: string, from: number, to: number, rows: readonly string[]): boolean {
    const base64 = deflateRawSync(`{${rows.join(',')}}`).toString('base64');
    const id = `p${this.#elements.length}`;
    const element = `<script type="text/plain" id="${id}" data-pack="${kind}" data-from="${from}" data-to="${to}">${base64}</script>\n`;
    if (element.length > this.#left) return false;
    this.#left -= element.length;
    this.#elements.push(element);
    return true;
  }
}
