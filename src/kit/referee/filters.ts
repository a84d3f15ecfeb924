/** Does a topic name match a topic filter? (MQTT 4.7; independent of the reference broker's matcher.) */
export function matches(filter: string, topic: string): boolean {
  const plain = withoutShare(filter);
  const wanted = plain.split('/');
  const levels = topic.split('/');
  if (topic.startsWith('$') && (wanted[0] === '#' || wanted[0] === '+')) return false;
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    const actual = levels[index];
    if (actual === undefined || (level !== '+' && level !== actual)) return false;
  }
  return levels.length === wanted.length;
}

/** `$share/name/filter` → `filter`. */
function withoutShare(filter: string): string {
  const [share, , ...rest] = filter.split('/');
  return share === '$share' ? rest.join('/') : filter;
}
