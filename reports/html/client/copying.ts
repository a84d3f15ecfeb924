import type { Browser, PageElement } from './dom.ts';

/** Puts a button beside each command in the part of the page; files opened from disk may have no clipboard of their own. */
export function copying(browser: Browser): void {
  const page = browser.document;

  const copy = async (text: string): Promise<boolean> => {
    try {
      if (browser.navigator.clipboard === undefined) throw new TypeError('no clipboard');
      await browser.navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = page.createElement('textarea');
      area.value = text;
      page.body.append(area);
      area.select();
      const done = page.execCommand('copy');
      area.remove();
      return done;
    }
  };

  const press = async (button: PageElement): Promise<void> => {
    const done = await copy(button.parentElement.querySelector('[data-copy]')?.textContent ?? '');
    button.textContent = done ? 'Copied' : 'Select it, then copy';
    browser.setTimeout(() => (button.textContent = 'Copy'), 1500);
  };

  page.addEventListener('click', ({ target }) => {
    const button = target.closest('button.copy');
    if (button !== null) void press(button);
  });
}
