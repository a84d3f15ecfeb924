/** What stands where a secret was. */
export const MASK = '***';

/**
 * A URL as it may be shown: without user info, and with the values of its query masked, because tokens are passed there.
 * Takes any text: what is no URL is masked all the same.
 */
export function redactUrl(url: string): string {
  const bare = withoutUserInfo(url);
  const [beforeFragment = '', ...fragment] = bare.split('#');
  const [address = '', ...query] = beforeFragment.split('?');
  const masked = query.length === 0 ? '' : `?${redactQuery(query.join('?'))}`;
  return `${address}${masked}${fragment.length === 0 ? '' : '#'}`;
}

function withoutUserInfo(url: string): string {
  const [scheme = ''] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url) ?? [];
  const rest = url.slice(scheme.length);
  // A password with an unescaped / or ? makes the URL invalid; then all before the last @ may be part of it.
  const precise = scheme !== '' && URL.canParse(url);
  return scheme + rest.replace(precise ? /^[^/?#]*@/ : /^.*@/s, '');
}

function redactQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => (pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=${MASK}` : pair === '' ? '' : MASK))
    .join('&');
}
