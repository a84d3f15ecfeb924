/** What the changed sources ask at each place: it must stand in the global scope before they are loaded. */

export interface MutantSwitch {
  /** The number of the mutant that is active; −1: none. */
  active: number;
  /** By number: 1 where a run came there. */
  readonly reached: Uint8Array;
  /** By number: 1 where the change made, or may have made, a difference there. */
  readonly differed: Uint8Array;
}

declare global {
  var $mutants: {
    readonly ask: (number: number) => boolean;
    readonly see: (truth: boolean, value: unknown, ...changes: (number | (() => unknown))[]) => unknown;
  };
}

export function installSwitch(size: number): MutantSwitch {
  const state: MutantSwitch = { active: -1, reached: new Uint8Array(size), differed: new Uint8Array(size) };
  const { reached, differed } = state;
  globalThis.$mutants = {
    ask(number) {
      reached[number] = 1;
      differed[number] = 1;
      return number === state.active;
    },
    see(truth, value, ...changes) {
      for (let at = 0; at < changes.length; at += 2) {
        const number = changes[at] as number;
        reached[number] = 1;
        if (differed[number] === 0 && differs(value, changes[at + 1] as () => unknown, truth)) differed[number] = 1;
      }
      return value;
    },
  };
  return state;
}

function differs(value: unknown, change: () => unknown, truth: boolean): boolean {
  try {
    const changed = change();
    return truth ? Boolean(changed) !== Boolean(value) : !Object.is(changed, value);
  } catch {
    return true;
  }
}
