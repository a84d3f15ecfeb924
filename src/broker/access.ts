import { filterCovers, parseShare, topicMatches } from './matcher.ts';
import type { Connection } from './state.ts';

/** Whether the user of a connection may publish to a topic. */
export const mayPublishTo = (connection: Connection, topic: string): boolean =>
  isOwn(connection, topic) &&
  (connection.user?.publish === undefined || connection.user.publish.some((filter) => topicMatches(filter, topic)));

/** Whether the user may subscribe: all that the filter matches must be allowed. */
export function maySubscribeTo({ user }: Connection, filter: string): boolean {
  const pattern = parseShare(filter)?.pattern ?? filter;
  return user?.subscribe === undefined || user.subscribe.some((allowed) => filterCovers(allowed, pattern));
}

/** Below the level where each user has topics of its own, another's are not to be written; all others are everybody's. */
function isOwn({ user, peer: { own } }: Connection, topic: string): boolean {
  if (own === undefined || !topic.startsWith(`${own.below}/`)) return true;
  if (user === undefined) return false;
  const prefix = `${own.below}/${user.username}`;
  return own.asFilter === true ? topicMatches(`${prefix}/#`, topic) : topic.startsWith(`${prefix}/`);
}
