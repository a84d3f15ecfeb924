import { filterCovers, parseShare, topicMatches } from './matcher.ts';
import type { Connection } from './state.ts';

/** Whether the user of a connection may publish to a topic. */
export const mayPublishTo = ({ user }: Connection, topic: string): boolean =>
  user?.publish === undefined || user.publish.some((filter) => topicMatches(filter, topic));

/** Whether the user may subscribe: all that the filter matches must be allowed. */
export function maySubscribeTo({ user }: Connection, filter: string): boolean {
  const pattern = parseShare(filter)?.pattern ?? filter;
  return user?.subscribe === undefined || user.subscribe.some((allowed) => filterCovers(allowed, pattern));
}
