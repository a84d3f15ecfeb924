const FIRST = 64;
const EMPTY = new Uint8Array(0);

/** Bytes of one unfinished packet. Grows with what comes, by doubling; forgets its memory with the packet. */
export class PacketBuffer {
  bytes: Uint8Array = EMPTY;
  length = 0;

  append(chunk: Uint8Array, start: number, end: number): void {
    const length = this.length + end - start;
    if (length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(length, this.bytes.length * 2, FIRST));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.bytes.set(chunk.subarray(start, end), this.length);
    this.length = length;
  }

  /** Gives the bytes away and is empty again. */
  take(): Uint8Array {
    const whole = this.bytes.subarray(0, this.length);
    this.bytes = EMPTY;
    this.length = 0;
    return whole;
  }
}
