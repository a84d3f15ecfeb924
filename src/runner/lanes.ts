/** Who runs what: instances that the protocol makes wait don't hold up those that only need the processor. */
import type { Instance } from '#kit';
import { RUN_LIMITS } from './limits.ts';

/**
 * The queues of each lane, in the order in which it looks into them. The lanes share queues, which keep the order of
 * `instances`. Where one instance at a time is asked for there is one lane and no other.
 */
export function lanes(instances: readonly Instance[], concurrency: number): readonly (readonly Instance[][])[] {
  if (concurrency === 1) return [[[...instances]]];
  const waits = instances.filter((instance) => waiting(instance));
  const works = instances.filter((instance) => !waiting(instance));
  const { waitingAside, mostConcurrent } = RUN_LIMITS;
  const aside = Math.min(waits.length, waitingAside * concurrency, mostConcurrent);
  return [
    ...Array.from({ length: aside }, () => [waits]),
    // Who has nothing else to do helps out.
    ...Array.from({ length: concurrency }, () => [works, waits]),
  ];
}

const waiting = ({ case: { takes } }: Instance): boolean => takes !== undefined;
