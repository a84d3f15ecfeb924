import type { StoredSubscription } from './effects.ts';

interface Node {
  readonly children: Map<string, Node>;
  plus?: Node;
  /** Subscriptions whose filter ends here, and those that end with `/#` below here. */
  readonly exact: Set<StoredSubscription>;
  readonly below: Set<StoredSubscription>;
}

const node = (): Node => ({ children: new Map(), exact: new Set(), below: new Set() });
const isEmpty = (at: Node): boolean =>
  at.children.size === 0 && at.plus === undefined && at.exact.size === 0 && at.below.size === 0;

/** All subscriptions as a tree of levels. Nothing recurses: a filter may have 32,768 levels. */
export class SubscriptionIndex {
  private readonly root = node();
  readonly all = new Set<StoredSubscription>();
  /** Grows with every change: what was matched before it is stale. */
  generation = 0;

  add(subscription: StoredSubscription): void {
    this.generation += 1;
    this.all.add(subscription);
    const levels = subscription.pattern.split('/');
    const below = levels.at(-1) === '#';
    if (below) levels.pop();
    let at = this.root;
    for (const level of levels) {
      let next = level === '+' ? at.plus : at.children.get(level);
      if (next === undefined) {
        next = node();
        if (level === '+') at.plus = next;
        else at.children.set(level, next);
      }
      at = next;
    }
    (below ? at.below : at.exact).add(subscription);
  }

  remove(subscription: StoredSubscription): void {
    if (!this.all.delete(subscription)) return;
    this.generation += 1;
    const levels = subscription.pattern.split('/');
    const below = levels.at(-1) === '#';
    if (below) levels.pop();
    const path: Node[] = [this.root];
    for (const level of levels) {
      const at = path[path.length - 1] as Node;
      const next = level === '+' ? at.plus : at.children.get(level);
      if (next === undefined) return;
      path.push(next);
    }
    const last = path[path.length - 1] as Node;
    (below ? last.below : last.exact).delete(subscription);
    for (let i = levels.length; i > 0 && isEmpty(path[i] as Node); i -= 1) {
      const parent = path[i - 1] as Node;
      if (levels[i - 1] === '+') delete parent.plus;
      else parent.children.delete(levels[i - 1] as string);
    }
  }

  /** What matches by §4.7: `$` topics not by a leading wildcard, `a/#` also `a`. */
  match(topic: string): StoredSubscription[] {
    const found: StoredSubscription[] = [];
    const levels = topic.split('/');
    const dollar = topic.startsWith('$');
    const open: [at: Node, depth: number][] = [[this.root, 0]];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const [at, depth] = step;
      const wild = depth > 0 || !dollar;
      if (wild) found.push(...at.below);
      if (depth === levels.length) {
        found.push(...at.exact);
        continue;
      }
      if (wild && at.plus !== undefined) open.push([at.plus, depth + 1]);
      const child = at.children.get(levels[depth] as string);
      if (child !== undefined) open.push([child, depth + 1]);
    }
    return found;
  }
}
