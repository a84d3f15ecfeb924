import type { Page } from './dom.ts';

/** Heads of sections become buttons that fold their rows. */
export function folding(page: Page): void {
  for (const body of page.querySelectorAll('.matrix tbody')) {
    const head = body.querySelector('.fold');
    if (head === null) continue;
    const button = page.createElement('button');
    button.type = 'button';
    button.className = 'fold';
    button.textContent = head.textContent;
    button.setAttribute('aria-expanded', 'true');
    button.addEventListener('click', () => {
      const open = button.getAttribute('aria-expanded') !== 'true';
      button.setAttribute('aria-expanded', String(open));
      body.classList.toggle('folded', !open);
    });
    head.replaceWith(button);
  }
}
