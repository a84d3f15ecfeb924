import type { Plan } from '../profiles/plan.ts';
import { takingPart } from '../profiles/topology.ts';

/** What one thread carries with ease: messages sent and received a second, handshakes a second, connections. */
const EASY = { messages: 40_000, handshakes: 1000, connections: 2500 } as const;

/** As many threads as the load needs, and never more than there are cores: an idle thread only costs wake-ups. */
export function threadsFor(plan: Plan, cores: number): number {
  let messages = 0;
  let handshakes = 0;
  for (const stage of plan.stages) {
    for (const one of stage.do) {
      if (one.do === 'publish') messages = Math.max(messages, one.perSecond * (1 + fanOut(plan)));
      else if ('perSecond' in one) handshakes = Math.max(handshakes, Math.min(one.perSecond, takingPart(plan, one)));
    }
  }
  const needed = Math.max(messages / EASY.messages, handshakes / EASY.handshakes, plan.clients / EASY.connections);
  return Math.max(1, Math.min(cores, Math.ceil(needed)));
}

/** Deliveries for each message, roughly: a subscriber with a wildcard gets them all. */
function fanOut(plan: Plan): number {
  let each = 0;
  for (const { subscribe, count } of plan.populations) {
    for (const { filter, share } of subscribe) {
      const all = filter.includes('+') || filter.includes('#');
      each += share === undefined && all ? count : 1;
    }
  }
  return each;
}
