import { filterCovers, parseShare, topicMatches } from './matcher.ts';
import type { Connection } from './state.ts';

/** A filter of the rules, for one user: a name with wildcards in it stands for itself, so it allows nothing. */
const filterFor = (filter: string, username: string): string =>
  /[/+#]/.test(username) && filter.includes('%u') ? '' : filter.replaceAll('%u', username);

/** Whether the user of a connection may publish to a topic. */
export const mayPublishTo = ({ user }: Connection, topic: string): boolean =>
  user?.publish === undefined || user.publish.some((filter) => topicMatches(filterFor(filter, user.username), topic));

/** Whether the user may subscribe: all that the filter matches must be allowed. */
export function maySubscribeTo({ user }: Connection, filter: string): boolean {
  const pattern = parseShare(filter)?.pattern ?? filter;
  return (
    user?.subscribe === undefined ||
    user.subscribe.some((allowed) => filterCovers(filterFor(allowed, user.username), pattern))
  );
}
