/** The steps of a body, as the report tells them. */
import type { Clock } from '#io';
import type { Step } from '#results';

export class Story {
  readonly #clock: Clock;
  readonly #start: number;
  readonly #steps: { at: number; title: string; outcome: Step['outcome']; detail?: string }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.now();
  }

  /** A step counts as done as soon as it is told; `failed` corrects the last one. */
  tell(title: string): void {
    this.#steps.push({ at: this.#clock.now() - this.#start, title, outcome: 'done' });
  }

  failed(detail: string): void {
    const last = this.#steps.at(-1);
    if (last === undefined) return;
    last.outcome = 'failed';
    last.detail = detail;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }
}
