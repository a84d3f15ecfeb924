/** As much of an XML parser as JUnit needs; it throws where the document is not well-formed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TOKEN = /<\?xml[^?]*\?>|<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

export function parseXml(text: string): XmlElement {
  // oxlint-disable-next-line no-control-regex
  const forbidden = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (forbidden !== null) throw new Error(`character ${forbidden[0].codePointAt(0)} at ${forbidden.index}`);
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [root];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    const [, closing, name, attributes = '', empty, content] = match;
    const current = open.at(-1) as (typeof open)[number];
    if (content !== undefined) current.text += unescape(content);
    else if (closing === '/') {
      if (current.name !== name) throw new Error(`</${name}> closes <${current.name}>`);
      open.pop();
    } else if (name !== undefined) {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      current.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (end !== text.length || open.length !== 1)
    throw new Error(`not well-formed at ${end}: ${text.slice(end, end + 40)}`);
  const [first, ...more] = root.children;
  if (first === undefined || more.length > 0) throw new Error('a document has one root');
  return first;
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value = '']) => [key, unescape(value)]),
  );
}

function unescape(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|(\w+));|&/g, (whole, code?: string, name?: string) => {
    const char = code === undefined ? ENTITIES[name ?? ''] : String.fromCodePoint(Number(code));
    if (char === undefined) throw new Error(`${whole} is no entity`);
    return char;
  });
}
