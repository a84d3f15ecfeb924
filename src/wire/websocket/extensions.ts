import { isToken, trimBlanks } from './tokens.ts';

/** One element of Sec-WebSocket-Extensions: an offer in a request, an agreed extension in an answer. */
export interface Extension {
  readonly name: string;
  /** In order, repeated ones too. A parameter may have no value. */
  readonly parameters: readonly { readonly name: string; readonly value?: string }[];
}

/** The list, or undefined where it is against the grammar (RFC 6455 §9.1), an empty one too. */
export function parseExtensions(text: string): Extension[] | undefined {
  const elements = splitOutsideQuotes(text, ',');
  const extensions: Extension[] = [];
  for (const element of elements ?? []) {
    // A recipient ignores empty elements (RFC 9110 §5.6.1.2).
    if (element === '') continue;
    const extension = parseExtension(element);
    if (extension === undefined) return undefined;
    extensions.push(extension);
  }
  return extensions.length === 0 ? undefined : extensions;
}

export function formatExtensions(extensions: readonly Extension[]): string {
  return extensions
    .map(({ name, parameters }) =>
      [name, ...parameters.map((each) => (each.value === undefined ? each.name : `${each.name}=${each.value}`))].join(
        '; ',
      ),
    )
    .join(', ');
}

function parseExtension(element: string): Extension | undefined {
  const [name, ...rest] = splitOutsideQuotes(element, ';') ?? [];
  if (name === undefined || !isToken(name)) return undefined;
  const parameters: { name: string; value?: string }[] = [];
  for (const part of rest) {
    const parameter = parseParameter(part);
    if (parameter === undefined) return undefined;
    parameters.push(parameter);
  }
  return { name, parameters };
}

function parseParameter(part: string): { name: string; value?: string } | undefined {
  const equals = part.indexOf('=');
  if (equals === -1) return isToken(part) ? { name: part } : undefined;
  const name = trimBlanks(part.slice(0, equals));
  const written = trimBlanks(part.slice(equals + 1));
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(written)?.[1];
  // A quoted value must be a token once it is unquoted.
  const value = quoted === undefined ? written : quoted.replace(/\\(.)/g, '$1');
  return isToken(name) && isToken(value) ? { name, value } : undefined;
}

/** The trimmed parts; undefined where a quotation doesn't end. */
function splitOutsideQuotes(text: string, separator: string): string[] | undefined {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === separator) {
      parts.push(trimBlanks(text.slice(start, at)));
      start = at + 1;
    }
  }
  if (quoted) return undefined;
  parts.push(trimBlanks(text.slice(start)));
  return parts;
}
