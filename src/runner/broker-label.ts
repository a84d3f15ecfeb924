import type { SessionFacts } from '#net';
import { redactUrl, type Endpoint } from '#target';

/** What a broker calls itself: on `$SYS/broker/version`, in the `Server` of the 101; else its address. */
export function brokerLabel(
  endpoint: Endpoint,
  { server }: SessionFacts,
  version: string | undefined,
  knownAs?: string,
): string {
  const own = version === undefined ? undefined : named(version);
  // What serves the upgrade may be a proxy; it is better than nothing.
  return (
    own ??
    knownAs ??
    (server === undefined || /nginx|cloudflare|envoy|haproxy|caddy/i.test(server) ? undefined : printable(server)) ??
    `the broker at ${redactUrl(endpoint.url)}`
  );
}

/** `mosquitto version 2.0.11` → `Mosquitto 2.0.11`; a bare number names nobody. */
function named(version: string): string | undefined {
  const words = version.replace(/\bversion\b\s*/i, '').trim();
  if (!/[a-z]{3}/i.test(words)) return undefined;
  return printable(words.charAt(0).toUpperCase() + words.slice(1));
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);
