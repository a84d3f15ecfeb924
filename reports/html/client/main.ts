import type { addCopyButtons } from './copy-buttons.ts';
import type { casesOf, Writers } from './cases.ts';
import type { copying } from './copying.ts';
import type { Browser, PageElement } from './dom.ts';
import type { folding } from './folding.ts';
import type { keyboard } from './keyboard.ts';
import type { parseFilter } from './selection.ts';
import type { State, statesOf } from './state.ts';
import type { PageData, tableOf } from './table.ts';
import type { unpacker } from './unpack.ts';

/** The other functions of the script; none of them may name anything outside itself. */
export interface Parts extends Writers {
  readonly addCopyButtons: typeof addCopyButtons;
  readonly casesOf: typeof casesOf;
  readonly copying: typeof copying;
  readonly folding: typeof folding;
  readonly keyboard: typeof keyboard;
  readonly parseFilter: typeof parseFilter;
  readonly statesOf: typeof statesOf;
  readonly tableOf: typeof tableOf;
  readonly unpacker: typeof unpacker;
}

/** Makes the page live: filter, case pages, keys, theme, address. */
export function main(browser: Browser, parts: Parts): void {
  const page = browser.document;
  const root = page.documentElement;
  root.classList.add('js');
  const element = (id: string): PageElement => page.getElementById(id) as PageElement;
  const data = JSON.parse(element('data').textContent) as PageData;
  const table = parts.tableOf(page, data);
  const cases = parts.casesOf(browser, data, parts.unpacker(page), parts);
  const states = parts.statesOf(browser);
  const input = element('q');
  const title = page.title;
  let state: State = { q: '', case: '', theme: '' };
  let at = -1;

  const go = (change: Partial<State>, how: 'step' | 'replace' = 'step'): void => {
    states.write({ ...state, ...change }, how);
    apply();
  };

  const applyFilter = (): void => {
    const matches = parts.parseFilter(state.q);
    const wrong = typeof matches === 'string';
    element('filter').classList.toggle('wrong', wrong);
    if (!wrong) table.apply(matches);
    const { length } = table.shown();
    const all = data.rows.length;
    element('matrix-count').textContent = wrong
      ? matches
      : length === all
        ? `${all} cases`
        : `${length} of ${all} cases`;
    (page.querySelector('#matrix .empty') as PageElement).hidden = length > 0;
    const words = state.q.split(/\s+/);
    for (const button of page.querySelectorAll('[data-term]')) {
      button.setAttribute('aria-pressed', String(words.includes(button.dataset['term'] ?? '')));
    }
  };

  const showCase = async (index: number): Promise<void> => {
    await cases.show(index);
    const order = table.shown();
    const place = order.indexOf(index);
    element('position').textContent = place < 0 ? '' : `${place + 1} of ${order.length}`;
    page.title = `${data.rows[index]?.i ?? ''} · ${title}`;
    parts.addCopyButtons(element('cases'), (name) => page.createElement(name));
  };

  const apply = (): void => {
    const read = states.read();
    if (read === undefined) return applyName();
    state = read;
    if (input.value !== state.q) input.value = state.q;
    if (state.theme === '') root.removeAttribute('data-theme');
    else root.dataset['theme'] = state.theme;
    applyFilter();
    const index = state.case === '' ? -1 : cases.find(state.case);
    if (index >= 0) {
      mark(index);
      return void showCase(index);
    }
    cases.leave();
    page.title = title;
  };

  /** `#c12` is a case; any other name is a place on the first page. */
  const applyName = (): void => {
    const name = decodeURIComponent(browser.location.hash.slice(1));
    const index = cases.find(name);
    const found = data.rows[index];
    if (found !== undefined) return go({ case: found.i }, 'replace');
    cases.leave();
    state = { ...state, case: '' };
    page.getElementById(name)?.scrollIntoView({ block: 'start' });
  };

  const mark = (index: number): void => {
    table.row(at)?.classList.toggle('at', false);
    at = index;
    table.row(at)?.classList.toggle('at', true);
  };

  const step = (by: 1 | -1): boolean => {
    const order = table.shown();
    const place = order.indexOf(at);
    const next = order[place < 0 ? (by > 0 ? 0 : order.length - 1) : place + by];
    if (next === undefined) return true;
    mark(next);
    if (state.case === '') table.row(next)?.scrollIntoView({ block: 'nearest' });
    else go({ case: data.rows[next]?.i ?? '' }, 'replace');
    return true;
  };

  const toggleTerm = (term: string): boolean => {
    const words = state.q.split(/\s+/).filter((word) => word !== '');
    const without = words.filter((word) => word !== term);
    go({ q: (without.length < words.length ? without : [...words, term]).join(' '), case: '' }, 'replace');
    return true;
  };

  const listen = (id: string, action: () => void): void => element(id).addEventListener('click', action);
  listen('previous', () => step(-1));
  listen('next', () => step(1));
  listen('clear', () => go({ q: '' }, 'replace'));
  listen('keys', () => element('help').showModal());
  listen('theme', () => {
    const dark =
      state.theme === '' ? browser.matchMedia('(prefers-color-scheme: dark)').matches : state.theme === 'dark';
    go({ theme: dark ? 'light' : 'dark' }, 'replace');
  });
  input.addEventListener('input', () => go({ q: input.value }, 'replace'));
  element('filter').addEventListener('submit', (event) => event.preventDefault());

  page.addEventListener('click', (event) => {
    const term = event.target.closest('[data-term]')?.dataset['term'];
    if (term !== undefined) toggleTerm(term);
    const link = event.target.closest('a[href^="#"]');
    if (link === null || event.ctrlKey || event.metaKey) return;
    const name = decodeURIComponent((link.getAttribute('href') ?? '').slice(1));
    const query = link.dataset['q'];
    const found = data.rows[cases.find(name)];
    if (query === undefined && found === undefined && name !== '') return;
    event.preventDefault();
    if (query !== undefined) {
      go({ q: query, case: '' });
      element('matrix').scrollIntoView({ block: 'start' });
    } else go({ case: found?.i ?? '' });
  });

  parts.keyboard(browser, {
    '/': () => {
      if (state.case !== '') go({ case: '' });
      input.focus();
      input.select();
      return true;
    },
    f: () => toggleTerm('v:fail'),
    j: () => step(1),
    k: () => step(-1),
    '?': () => {
      element('help').showModal();
      return true;
    },
    Enter: () => {
      const row = data.rows[at];
      if (row === undefined || state.case !== '') return false;
      go({ case: row.i });
      return true;
    },
    Escape: () => {
      if (element('help').open) return false;
      if (state.case !== '') go({ case: '' });
      else go({ q: '' }, 'replace');
      return true;
    },
  });

  parts.copying(browser);
  parts.folding(page);
  parts.addCopyButtons(page.body, (name) => page.createElement(name));
  browser.addEventListener('hashchange', apply);
  apply();
}
