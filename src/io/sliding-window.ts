/** The last bytes of a stream: what a DEFLATE back reference may reach. */
export class SlidingWindow {
  readonly #size: number;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(size: number) {
    this.#size = size;
  }

  add(bytes: Uint8Array): void {
    if (bytes.length >= this.#size) {
      this.#bytes = bytes.slice(bytes.length - this.#size);
      return;
    }
    const kept = this.#bytes.subarray(Math.max(0, this.#bytes.length + bytes.length - this.#size));
    const window = new Uint8Array(kept.length + bytes.length);
    window.set(kept);
    window.set(bytes, kept.length);
    this.#bytes = window;
  }

  /** The option of `node:zlib`; zlib takes no empty dictionary. */
  asDictionary(): { readonly dictionary?: Uint8Array } {
    return this.#bytes.length === 0 ? {} : { dictionary: this.#bytes };
  }

  clear(): void {
    this.#bytes = new Uint8Array(0);
  }
}
