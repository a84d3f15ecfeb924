/** What the script unfolds on demand: markup, deflated together, so that the file stays small. */
import { deflateRawSync } from 'node:zlib';
import { encodeBase64 } from '#wire';
import { html, raw, type Markup } from './markup.ts';

/** Characters of markup in one pack: larger ones are smaller in the file, and slower to open. */
const PACK_SIZE = 400_000;

export class Packs {
  readonly #finished: string[] = [];
  #finishedSize = 0;
  #open: Record<string, string> = {};
  #size = 0;

  /** Where the script finds it: `p3/c12`. Keys are unique in the document. */
  add(key: string, content: Markup): string {
    if (this.#size + content.text.length > PACK_SIZE && this.#size > 0) this.#close();
    this.#open[key] = content.text;
    this.#size += content.text.length;
    return `p${this.#finished.length}/${key}`;
  }

  /** Characters that the finished ones take in the file. */
  get finishedSize(): number {
    return this.#finishedSize;
  }

  /** The script elements that hold them: data, not code. */
  elements(): Markup[] {
    if (this.#size > 0) this.#close();
    return this.#finished.map(
      (base64, index) =>
        html`<script type="text/plain" id="p${index}">
          ${raw(base64)}
        </script> `,
    );
  }

  #close(): void {
    const pack = encodeBase64(deflateRawSync(JSON.stringify(this.#open)));
    this.#finished.push(pack);
    this.#finishedSize += pack.length;
    this.#open = {};
    this.#size = 0;
  }
}
