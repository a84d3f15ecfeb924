/** JUnit XML, as far as all reports of it are alike. */
import { escapeMarkup } from './text.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

export const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** Without zone and fraction, as the schema has it; UTC. */
export const timestamp = (iso: string): string => iso.replace(/(?:\.\d+)?Z$/, '');

/** Line ends in attributes are written so that a parser keeps them. */
export function element(name: string, attributes: Attributes, children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${escapeMarkup(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join('');
  const content = children.filter((child) => child !== '');
  if (content.length === 0) return `<${name}${written}/>`;
  const separator = content[0]?.startsWith('<') === true ? '\n' : '';
  return `<${name}${written}>${separator}${content.join('\n')}${separator}</${name}>`;
}
