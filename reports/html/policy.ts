/** Content Security Policy of a page: nothing is loaded, nothing is sent; only what the file itself brings may run. */
import { createHash } from 'node:crypto';

export interface PageParts {
  readonly scripts: readonly string[];
  readonly style: string;
  /** Pictures as `data:` URLs. */
  readonly pictures?: boolean;
}

export function policy({ scripts, style, pictures = false }: PageParts): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const images = pictures ? ' img-src data:;' : '';
  return `default-src 'none'; script-src ${scripts.map(hash).join(' ')}; style-src ${hash(style)};${images} base-uri 'none'; form-action 'none'`;
}
