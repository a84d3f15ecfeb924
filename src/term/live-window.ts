/** A few lines at the bottom of a terminal that are drawn anew, while text scrolls above them. */
import type { Clock, Timer } from '#io';

/** At most so often: a slow terminal must not slow the run. */
const REDRAW_MS = 100;

const ESC = '\u001b[';
/** Synchronised output: the terminal shows all between the two at once. Those that don't know it ignore it. */
const BEGIN = `${ESC}?2026h`;
const END = `${ESC}?2026l`;

export interface LiveWindowOptions {
  readonly clock: Clock;
  readonly write: (text: string) => void;
  /** Lines that fit the width; asked at each drawing. */
  readonly lines: () => readonly string[];
}

export class LiveWindow {
  readonly #options: LiveWindowOptions;
  #drawn = 0;
  #timer: Timer | undefined;

  constructor(options: LiveWindowOptions) {
    this.#options = options;
    this.tick();
  }

  /** Writes text above the window; `write` may lead to another stream of the same terminal. */
  above(text: string, write: (text: string) => void): void {
    this.#options.write(this.erase());
    write(text);
    this.draw();
  }

  /** The window goes; what scrolled above it stays. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#options.write(this.erase());
  }

  private tick(): void {
    this.draw();
    this.#timer = this.#options.clock.after(REDRAW_MS, () => this.tick());
  }

  private draw(): void {
    const lines = this.#options.lines();
    const erase = this.erase();
    this.#drawn = lines.length;
    this.#options.write(`${BEGIN}${erase}${lines.map((line) => `${line}\n`).join('')}${END}`);
  }

  private erase(): string {
    const drawn = this.#drawn;
    this.#drawn = 0;
    return drawn === 0 ? '' : `${ESC}${drawn}F${ESC}J`;
  }
}
