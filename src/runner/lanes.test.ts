import { describe, expect, it } from 'vitest';
import { collectCases, defineCase, instancesOf, type CaseDefinition, type Instance } from '#kit';
import { parseTarget } from '#target';
import { lanes } from './lanes.ts';
import { RUN_LIMITS } from './limits.ts';

const trial = (takes?: number): CaseDefinition<never> =>
  defineCase({
    title: 'a trial',
    verifies: { '5.0': ['MQTT-3.1.4-5'] },
    ...(takes === undefined ? {} : { takes }),
    run: () => Promise.resolve(),
  }) as CaseDefinition<never>;

function instances(cases: Record<string, CaseDefinition<never>>): Instance[] {
  const { endpoints } = parseTarget({ url: 'ws://localhost/mqtt' });
  return instancesOf(collectCases({ 'test/trial': cases }), { versions: ['5.0'], endpoints });
}

const names = (queues: readonly Instance[][] = []): string[] =>
  queues.map((queue) => queue.map((instance) => instance.case.id.replace('trial/', '')).join(' '));

describe('lanes', () => {
  const all = instances({ a: trial(2), b: trial(), c: trial(1), d: trial() });

  it('lets those that wait go on beside those that work, which also help out', () => {
    const found = lanes(all, 2);
    expect(found.map(names)).toEqual([['a c'], ['a c'], ['b d', 'a c'], ['b d', 'a c']]);
  });

  it('shares the queues, so that nothing runs twice', () => {
    const [first, second, third] = lanes(all, 2);
    expect(first?.[0]).toBe(second?.[0]);
    expect(third?.[1]).toBe(first?.[0]);
  });

  it('has bounds', () => {
    const many = instances(Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`a${n}`, trial(1)])));
    expect(lanes(many, 2)).toHaveLength(2 + 2 * RUN_LIMITS.waitingAside);
  });

  it('is one lane where one instance at a time is asked for', () => {
    expect(lanes(all, 1).map(names)).toEqual([['a b c d']]);
  });
});
