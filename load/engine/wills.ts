import type { EndKind } from '../profiles/profile.ts';
import type { Client } from './client.ts';

/** The client ends abruptly: from now on its will is expected. */
export function leaveWill(client: Client, how: EndKind, at: number): void {
  const { index, lastSent, keepAliveMs, shop } = client;
  const { killedAt, kills, measuredKills } = shop.setup.tables;
  // A half-open connection is noticed by its keep alive only: its will is due then.
  killedAt[index] = how === 'half-open' ? lastSent + 1.5 * keepAliveMs : at;
  kills[index] = (kills[index] as number) + 1;
  if (shop.meters.measures(at)) measuredKills[index] = (measuredKills[index] as number) + 1;
}
