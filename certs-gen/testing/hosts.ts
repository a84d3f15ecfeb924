import type { Scenario } from '../types.ts';

/** The host at which a client looks for the server of a scenario. */
export function hostOf({ id }: Scenario): string {
  return HOSTS[id] ?? 'localhost';
}

const HOSTS: Readonly<Record<string, string>> = {
  'server-valid-ipv4': '127.0.0.1',
  'server-valid-ipv6': '::1',
  'server-ip-as-dns': '127.0.0.1',
  'server-wildcard': 'broker.mqtt.localhost',
};
