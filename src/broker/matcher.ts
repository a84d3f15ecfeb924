/** Topic names and topic filters (§4.7). */

export interface MatchOptions {
  /** Whether a leading wildcard matches a topic that begins with `$`; the standard says no. */
  readonly dollar: boolean;
  /** Whether `a/#` matches `a`; the standard says yes. */
  readonly parent: boolean;
}

export const STANDARD_MATCH: MatchOptions = { dollar: false, parent: true };

export function topicMatches(pattern: string, topic: string, options: MatchOptions = STANDARD_MATCH): boolean {
  const filter = pattern.split('/');
  const levels = topic.split('/');
  if (!options.dollar && topic.startsWith('$') && (filter[0] === '+' || filter[0] === '#')) return false;
  for (let i = 0; i < filter.length; i += 1) {
    if (filter[i] === '#') return i < levels.length || options.parent;
    if (i >= levels.length || (filter[i] !== '+' && filter[i] !== levels[i])) return false;
  }
  return filter.length === levels.length;
}

/** Whether every topic that `filter` matches is matched by `wide` too. */
export function filterCovers(wide: string, filter: string): boolean {
  const [outer, inner] = [wide.split('/'), filter.split('/')];
  for (let i = 0; i < outer.length; i += 1) {
    if (outer[i] === '#') return true;
    if (i >= inner.length || inner[i] === '#') return false;
    if (outer[i] !== '+' && outer[i] !== inner[i]) return false;
  }
  return outer.length === inner.length;
}

export const hasWildcard = (text: string): boolean => text.includes('+') || text.includes('#');

/** `$share/name/filter` in its parts (5.0 §4.8.2); what is malformed comes back as it stands. */
export function parseShare(filter: string): { readonly shareName: string; readonly pattern: string } | undefined {
  if (!filter.startsWith('$share/')) return undefined;
  const slash = filter.indexOf('/', 7);
  return slash < 0
    ? { shareName: filter.slice(7), pattern: '' }
    : { shareName: filter.slice(7, slash), pattern: filter.slice(slash + 1) };
}

export type Normalisation =
  'none' | 'spaces' | 'case' | 'double-slash' | 'trailing-slash' | 'leading-slash' | 'unicode';

/** What a broker must not do to topics; only alterations ask for more than `none`. */
export function normalise(topic: string, how: Normalisation): string {
  switch (how) {
    case 'spaces':
      return topic
        .split('/')
        .map((level) => level.trim())
        .join('/');
    case 'case':
      return topic.toLowerCase();
    case 'double-slash':
      return topic.replaceAll(/\/+/g, '/');
    case 'trailing-slash':
      return topic.length > 1 && topic.endsWith('/') ? topic.slice(0, -1) : topic;
    case 'leading-slash':
      return topic.length > 1 && topic.startsWith('/') ? topic.slice(1) : topic;
    case 'unicode':
      return topic.normalize('NFC');
    case 'none':
      return topic;
  }
}
