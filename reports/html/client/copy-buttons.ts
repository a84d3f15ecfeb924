import type { PageElement } from './dom.ts';

/** Beside each command of the part that has none yet. */
export function addCopyButtons(part: PageElement, create: (name: string) => PageElement): void {
  for (const code of part.querySelectorAll('[data-copy]')) {
    if (code.parentElement.querySelector('.copy') !== null) continue;
    const button = create('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    code.after(button);
  }
}
