import type { Page } from './dom.ts';

export type Unpack = (kind: string, row: number) => Promise<unknown>;

/** Gives what a kind of pack has of a row: rows are deflated together, and inflated once. */
export function unpacker(page: Page): Unpack {
  const packs = new Map<string, Promise<Record<string, unknown>>>();

  const inflate = async (text: string): Promise<Record<string, unknown>> => {
    const bytes = Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return (await new Response(stream).json()) as Record<string, unknown>;
  };

  return async (kind, row) => {
    for (const pack of page.querySelectorAll(`[data-pack="${kind}"]`)) {
      if (row < Number(pack.dataset['from']) || row > Number(pack.dataset['to'])) continue;
      const content = packs.get(pack.id) ?? inflate(pack.textContent);
      packs.set(pack.id, content);
      return (await content)[row];
    }
    return undefined;
  };
}
