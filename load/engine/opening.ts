import type { Connection } from './connection.ts';
import type { Shop } from './shop.ts';

/** An opening came to its CONNACK at `at`: the whole counts from when it should have begun, each part from the one before. */
export function recordOpening(shop: Shop, connection: Connection, intended: number, at: number): void {
  const { trends, connect } = shop.meters;
  const { times, tls } = connection;
  const measured = shop.meters.measures(intended);
  shop.meters.count('connections_opened', measured);
  connect.record(at - intended);
  if (tls !== undefined) {
    shop.tls ??= tls.protocol;
    if (tls.resumed) shop.meters.count('tls_resumed', measured);
  }
  if (!measured) return;
  trends.connect_time.record(at - intended);
  trends.connect_tcp.record(times.tcp - times.started);
  if (times.tls > 0) trends.connect_tls.record(times.tls - times.tcp);
  if (times.upgrade > 0) trends.connect_upgrade.record(times.upgrade - (times.tls || times.tcp));
  trends.connect_connack.record(at - (times.upgrade || times.tls || times.tcp));
}
