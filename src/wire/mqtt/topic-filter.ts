import type { MqttVersion } from '#spec';

export type FilterFault =
  | 'filter.empty'
  | 'filter.multi-level-not-last'
  | 'filter.multi-level-not-alone'
  | 'filter.single-level-not-alone'
  | 'filter.share-name-empty'
  | 'filter.share-name-wildcard'
  | 'filter.share-without-filter';

/** What is wrong with a topic filter (§4.7.1, §4.8.2); undefined for a good one. In 3.1.1 `$share` means nothing. */
export function filterFault(filter: string, version: MqttVersion): FilterFault | undefined {
  if (filter === '') return 'filter.empty';
  if (version !== '5.0' || !filter.startsWith('$share/')) return wildcardFault(filter);
  const slash = filter.indexOf('/', 7);
  const name = slash < 0 ? filter.slice(7) : filter.slice(7, slash);
  if (name === '') return 'filter.share-name-empty';
  if (/[+#]/.test(name)) return 'filter.share-name-wildcard';
  if (slash < 0 || slash === filter.length - 1) return 'filter.share-without-filter';
  return wildcardFault(filter.slice(slash + 1));
}

function wildcardFault(filter: string): FilterFault | undefined {
  for (let i = 0; i < filter.length; i++) {
    const char = filter[i];
    if (char !== '#' && char !== '+') continue;
    const ownStart = i === 0 || filter[i - 1] === '/';
    const last = i === filter.length - 1;
    if (char === '#') {
      if (!ownStart) return 'filter.multi-level-not-alone';
      if (!last) return 'filter.multi-level-not-last';
    } else if (!ownStart || (!last && filter[i + 1] !== '/')) return 'filter.single-level-not-alone';
  }
  return undefined;
}
