/** What comes in order and is asked for one by one; once it fails, whoever asks gets the error. */
export class Inbox<T> {
  readonly #there: T[] = [];
  readonly #waiting: { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void }[] = [];
  #failed: Error | undefined;

  push(value: T): void {
    const first = this.#waiting.shift();
    if (first === undefined) this.#there.push(value);
    else first.resolve(value);
  }

  fail(error: Error): void {
    this.#failed ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failed);
  }

  next(): Promise<T> {
    const there = this.#there.shift();
    if (there !== undefined) return Promise.resolve(there);
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    return new Promise((resolve, reject) => void this.#waiting.push({ resolve, reject }));
  }
}
