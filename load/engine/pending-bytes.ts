/** The beginning of a frame or packet that is not complete: kept apart, because the buffer of the socket is used again. */
export class PendingBytes {
  bytes: Uint8Array;
  length: number;
  /** Bytes that must be there before it is worth looking again. */
  wanted: number;

  constructor(source: Uint8Array, from: number, to: number, wanted: number) {
    this.length = to - from;
    this.wanted = wanted;
    // What was announced is not believed beyond a limit before it has come.
    this.bytes = new Uint8Array(Math.max(this.length, Math.min(wanted, 65_536)));
    this.bytes.set(source.subarray(from, to));
  }

  append(source: Uint8Array, from: number, to: number): void {
    const length = this.length + to - from;
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(length, Math.min(this.wanted, 2 * length)));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(source.subarray(from, to), this.length);
    this.length = length;
  }
}
