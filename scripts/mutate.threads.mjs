// Threads that run mutants, and the end of those that never end.
import path from 'node:path';
import { Worker } from 'node:worker_threads';

/**
 * Milliseconds without a sign of life: of the processor's time, which a busy machine doesn't shorten, and of the wall's
 * for what waits for ever. `slower`: times what an instance takes on the broker as it is.
 */
const PATIENCE = { processor: 6_000, wall: 180_000, slower: 20 };
/** Mebibytes of a thread. */
const MEMORY = 3072;

const SCRIPT = path.join(import.meta.dirname, 'mutate.worker.mjs');

/** One thread is asked at a time: the processor's time is that of the whole process. */
export class Thread {
  #worker;
  #pulse = new Int32Array(new SharedArrayBuffer(8));
  #usual;
  #patience;

  /** `usual(index)`: milliseconds that the instance takes on the broker as it is. `patience`, `script`: for tests. */
  constructor(data, { usual = () => 0, patience = PATIENCE, script = SCRIPT } = {}) {
    this.#usual = usual;
    this.#patience = patience;
    this.#worker = new Worker(script, {
      workerData: { active: -1, digests: [], ...data, pulse: this.#pulse },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
      stdout: true,
      stderr: true,
    });
    // A thread that fails once more, on its way out, has nobody to tell.
    this.#worker.on('error', () => undefined);
  }

  /** The first message of the thread, or `{ lost }` with the reason why none comes any more. */
  ready() {
    return this.#next();
  }

  ask(request) {
    const answer = this.#next();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(request);
    return answer;
  }

  async stop() {
    await this.#worker.terminate();
  }

  #next() {
    return new Promise((resolve) => {
      let sign = this.#sign();
      const watch = setInterval(() => {
        const now = this.#sign();
        if (now.beat !== sign.beat) sign = now;
        const usual = this.#usual(Atomics.load(this.#pulse, 1)) * this.#patience.slower;
        const { processor, wall } = this.#patience;
        const spent = now.processor - sign.processor;
        if (spent > Math.max(processor, usual) || now.wall - sign.wall > wall) done({ lost: 'endless' });
      }, 100);
      const onMessage = (message) => done(message);
      const onError = (error) => done({ lost: 'crashed', message: String(error?.message ?? error) });
      const onExit = () => done({ lost: 'crashed', message: 'the thread ended' });
      const done = (result) => {
        clearInterval(watch);
        this.#worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        resolve(result);
      };
      this.#worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    });
  }

  #sign() {
    const { user, system } = process.cpuUsage();
    return { beat: Atomics.load(this.#pulse, 0), processor: (user + system) / 1000, wall: performance.now() };
  }
}
