/** Timers that an alteration would set to another time: a difference only once the earlier of the two times comes. */
import type { Effect, EffectOf } from './effects.ts';
import { isSame } from './same.ts';

interface Underway {
  readonly name: string;
  readonly timer: string;
  /** Milliseconds of the clock. */
  readonly due: number;
}

export class ShadowTimers {
  #underway: Underway[] = [];

  /** Where the alteration only sets the timer to another time, remembers it and says true. */
  takes(name: string, effect: Effect, instead: readonly Effect[], now: number): boolean {
    const [other] = instead;
    if (effect.kind !== 'timer-set' || other?.kind !== 'timer-set' || instead.length !== 1) return false;
    if (!isSame({ ...other, ms: effect.ms }, effect)) return false;
    this.#underway.push({ name, timer: keyOf(effect), due: now + Math.min(effect.ms, other.ms) });
    return true;
  }

  /** The names of those whose time has come. */
  due(now: number): readonly string[] {
    if (this.#underway.length === 0) return [];
    const due = this.#underway.filter((one) => one.due <= now);
    if (due.length > 0) this.#underway = this.#underway.filter((one) => one.due > now);
    return due.map(({ name }) => name);
  }

  /** A timer that is cancelled, or set anew, no longer comes. */
  passes(effect: Effect): void {
    if (this.#underway.length === 0 || (effect.kind !== 'timer-set' && effect.kind !== 'timer-cancelled')) return;
    const key = keyOf(effect);
    this.#underway = this.#underway.filter(({ timer }) => timer !== key);
  }
}

const keyOf = ({ timer, connection, clientId }: EffectOf<'timer-set' | 'timer-cancelled'>): string =>
  `${timer}:${connection ?? ''}:${clientId ?? ''}`;
