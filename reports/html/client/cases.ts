import type { Browser, PageElement } from './dom.ts';
import type { PageData } from './table.ts';
import type { Unpack } from './unpack.ts';

export interface Cases {
  /** Index of the row with this instance or anchor; -1 where there is none. */
  readonly find: (name: string) => number;
  readonly show: (index: number) => Promise<void>;
  readonly leave: () => void;
}

/** The pages of the cases: one is shown at a time, and unpacked when it is wanted. */
export function casesOf(browser: Browser, data: PageData, unpack: Unpack): Cases {
  const page = browser.document;
  const root = page.documentElement;
  const holder = page.getElementById('cases') as PageElement;
  let wanted = -1;
  let scrolled = 0;

  const fill = async (lazy: PageElement): Promise<void> => {
    const place = lazy.dataset['lazy'];
    if (place === undefined) return;
    lazy.removeAttribute('data-lazy');
    lazy.insertAdjacentHTML('beforeend', await unpack(place));
  };
  // Toggling does not bubble, but it can be caught on its way down.
  page.addEventListener('toggle', ({ target }) => void (target.open && fill(target)), true);

  const pageOf = async (index: number): Promise<PageElement | null> => {
    const row = data.rows[index];
    if (row === undefined) return null;
    const known = page.getElementById(row.a);
    if (known !== null || row.p === undefined) return known;
    const markup = await unpack(row.p);
    if (page.getElementById(row.a) === null) holder.insertAdjacentHTML('beforeend', markup);
    return page.getElementById(row.a);
  };

  return {
    find: (name) => data.rows.findIndex(({ i, a }) => i === name || a === name),
    show: async (index) => {
      wanted = index;
      const article = await pageOf(index);
      if (article === null || wanted !== index) return;
      if (root.dataset['view'] !== 'case') scrolled = browser.scrollY;
      for (const other of page.querySelectorAll('#cases > .shown')) other.classList.toggle('shown', false);
      article.classList.add('shown');
      root.dataset['view'] = 'case';
      browser.scrollTo(0, 0);
      article.focus({ preventScroll: true });
    },
    leave: () => {
      wanted = -1;
      if (root.dataset['view'] !== 'case') return;
      root.removeAttribute('data-view');
      browser.scrollTo(0, scrolled);
    },
  };
}
