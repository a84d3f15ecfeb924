import type { Browser, PageElement } from './dom.ts';
import type { PageData } from './table.ts';
import type { escapeText } from './escape-text.ts';
import type { octetsMarkup } from './octets-markup.ts';
import type { Unpack } from './unpack.ts';
import type { OctetsOfRow, WireData } from './wire-data.ts';
import type { wireMarkup } from './wire-markup.ts';

/** The functions that write the wire, here as in the page itself. */
export interface Writers {
  readonly duration: (ms: number) => string;
  readonly escapeText: typeof escapeText;
  readonly octetsMarkup: typeof octetsMarkup;
  readonly wireMarkup: typeof wireMarkup;
}

export interface Cases {
  /** Index of the row with this instance or anchor; -1 where there is none. */
  readonly find: (name: string) => number;
  readonly show: (index: number) => Promise<void>;
  readonly leave: () => void;
}

/** The pages of the cases: one is shown at a time, and unpacked when it is wanted. */
export function casesOf(
  browser: Browser,
  data: PageData,
  unpack: Unpack,
  { duration, escapeText, octetsMarkup, wireMarkup }: Writers,
): Cases {
  const page = browser.document;
  const root = page.documentElement;
  const holder = page.getElementById('cases') as PageElement;
  let wanted = -1;
  let scrolled = 0;

  const missing = '<p class="dim">Its bytes are in the results file (JSON).</p>';

  /** Places are `notable/12/0`: kind, row, column; a fourth part is the unit. */
  const unpacked = async (what: 'wire' | 'octets', place: string): Promise<unknown> => {
    const [kind = '', row = '', column = ''] = place.split('/');
    return ((await unpack(`${what}-${kind}`, Number(row))) as Record<string, unknown> | undefined)?.[column];
  };
  type Octets = OctetsOfRow[string];

  const fillWire = async (holder: PageElement): Promise<void> => {
    const place = holder.dataset['wire'] ?? '';
    holder.removeAttribute('data-wire');
    const wire = (await unpacked('wire', place)) as WireData | undefined;
    if (wire === undefined) return;
    const octets = (await unpacked('octets', place)) as Octets | undefined;
    const opened = (index: number): readonly [string, string] | undefined => {
      const unit = octets?.[index] ?? undefined;
      if (unit === undefined) return undefined;
      return index === wire.decides
        ? [' open', octetsMarkup(unit, escapeText)]
        : [` data-octets="${place}/${index}"`, ''];
    };
    holder.innerHTML = wireMarkup(wire, { escape: escapeText, duration, opened });
  };

  const fillOctets = async (unit: PageElement): Promise<void> => {
    const place = unit.dataset['octets'];
    if (place === undefined) return;
    unit.removeAttribute('data-octets');
    const octets = (await unpacked('octets', place)) as Octets | undefined;
    const own = octets?.[Number(place.split('/')[3])] ?? undefined;
    unit.insertAdjacentHTML('beforeend', own === undefined ? missing : octetsMarkup(own, escapeText));
  };
  // Toggling does not bubble, but it can be caught on its way down.
  page.addEventListener('toggle', ({ target }) => void (target.open && fillOctets(target)), true);

  const pageOf = async (index: number): Promise<PageElement | null> => {
    const row = data.rows[index];
    if (row === undefined) return null;
    if (page.getElementById(row.a) === null) {
      const markup = (await unpack('page', index)) as string | undefined;
      if (markup !== undefined && page.getElementById(row.a) === null) holder.insertAdjacentHTML('beforeend', markup);
    }
    const article = page.getElementById(row.a);
    if (article !== null) await Promise.all([...article.querySelectorAll('[data-wire]')].map(fillWire));
    return article;
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
