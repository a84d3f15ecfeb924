import type { Browser } from './dom.ts';

/** All that a link to this page can say. */
export interface State {
  /** The filter. */
  readonly q: string;
  /** Name of an instance; empty: all cases. */
  readonly case: string;
  /** `light`, `dark`; empty: as the system has it. */
  readonly theme: string;
}

export interface States {
  readonly read: () => State | undefined;
  readonly write: (state: State, how: 'step' | 'replace') => void;
}

/** The address keeps the state, after `#`; an address that is a plain name (`#matrix`) says nothing of it. */
export function statesOf(browser: Browser): States {
  return {
    read: () => {
      const text = browser.location.hash.slice(1);
      if (text !== '' && !/^(?:q|case|theme)=/.test(text)) return undefined;
      const parameters = new URLSearchParams(text);
      return {
        q: parameters.get('q') ?? '',
        case: parameters.get('case') ?? '',
        theme: parameters.get('theme') ?? '',
      };
    },
    write: (state, how) => {
      const kept = Object.entries(state).filter(([, value]) => value !== '');
      const hash = `#${new URLSearchParams(kept as [string, string][]).toString()}`;
      if (hash === browser.location.hash) return;
      if (how === 'step') browser.location.hash = hash;
      else browser.history.replaceState(null, '', hash);
    },
  };
}
