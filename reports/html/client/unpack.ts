import type { Page } from './dom.ts';

export type Unpack = (place: string) => Promise<string>;

/** Gives markup by its place, `p3/c12`: packs are deflated together, and inflated once. */
export function unpacker(page: Page): Unpack {
  const packs = new Map<string, Promise<Record<string, string>>>();

  const inflate = async (pack: string): Promise<Record<string, string>> => {
    const packed = atob(page.getElementById(pack)?.textContent ?? '');
    const bytes = Uint8Array.from(packed, (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return (await new Response(stream).json()) as Record<string, string>;
  };

  return async (place) => {
    const [pack = '', key = ''] = place.split('/');
    const content = packs.get(pack) ?? inflate(pack);
    packs.set(pack, content);
    return (await content)[key] ?? '';
  };
}
