import type { Browser } from './dom.ts';

/** What each key does; `false`: nothing here, let the browser have it. */
export type KeyActions = Readonly<Record<string, () => boolean>>;

/** Single keys, where nobody is typing. */
export function keyboard(browser: Browser, actions: KeyActions): void {
  browser.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = target.tagName === 'INPUT' || target.tagName === 'TEXTAREA' || target.isContentEditable;
    if (typing && key !== 'Escape') return;
    // Enter on a link or a button is theirs.
    if (key === 'Enter' && /^(?:A|BUTTON|SUMMARY|INPUT)$/.test(target.tagName)) return;
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (action?.() === true) event.preventDefault();
  });
}
