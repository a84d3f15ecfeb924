/** As much of a browser as the script of the page uses. The library of TypeScript would give its globals to the whole project. */
export interface Classes {
  add(name: string): void;
  toggle(name: string, force: boolean): void;
}

export interface UiEvent {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: PageElement;
  preventDefault(): void;
}

export interface PageElement {
  hidden: boolean;
  open: boolean;
  innerHTML: string;
  textContent: string;
  value: string;
  type: string;
  className: string;
  readonly id: string;
  readonly tagName: string;
  readonly isContentEditable: boolean;
  readonly classList: Classes;
  readonly dataset: Record<string, string | undefined>;
  readonly parentElement: PageElement;
  addEventListener(type: string, listener: (event: UiEvent) => void, capture?: boolean): void;
  append(...nodes: readonly (PageElement | string)[]): void;
  after(node: PageElement): void;
  replaceWith(node: PageElement): void;
  insertAdjacentHTML(where: 'beforeend', markup: string): void;
  closest(selector: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  focus(options?: { readonly preventScroll: boolean }): void;
  click(): void;
  select(): void;
  remove(): void;
  scrollIntoView(options?: { readonly block: 'start' | 'nearest' }): void;
  showModal(): void;
  close(): void;
}

export interface Page extends PageElement {
  title: string;
  readonly body: PageElement;
  readonly documentElement: PageElement;
  getElementById(id: string): PageElement | null;
  createElement(name: string): PageElement;
  execCommand(name: 'copy'): boolean;
}

export interface Browser {
  readonly document: Page;
  readonly location: { hash: string };
  readonly history: { replaceState(data: null, unused: '', url: string): void };
  readonly navigator: { readonly clipboard?: { writeText(text: string): Promise<void> } };
  matchMedia(query: string): { readonly matches: boolean };
  addEventListener(type: string, listener: (event: UiEvent) => void): void;
  scrollTo(x: number, y: number): void;
  readonly scrollY: number;
  setTimeout(callback: () => void, ms: number): void;
}
