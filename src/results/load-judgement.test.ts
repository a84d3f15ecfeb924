import { describe, expect, it } from 'vitest';
import { concludeLoad, judgeThresholds, type LoadFindings } from './load-judgement.ts';
import { parseThreshold } from './load-thresholds.ts';
import { countersOf, sampleLoad } from './testing/sample-load-result.ts';

const { metrics, health, series } = sampleLoad();
const judged = (metric: string, expression: string, over = metrics) =>
  judgeThresholds([parseThreshold(metric, expression)], over, 1000, series.points)[0];

describe('judgeThresholds', () => {
  it.each([
    ['message_latency', 'p(50)<=5.04', true],
    ['message_latency', 'max<10', false],
    ['message_latency', 'max==10', true],
    ['message_latency', 'avg==5.5', true],
    ['message_latency', 'count==10', true],
    ['messages_sent', 'rate==10', true],
    ['messages_lost', 'count==0', true],
    ['delivered', 'rate==1', true],
    ['delivered', 'rate<1', false],
  ])('%s: %s is %s', (metric, expression, passed) => {
    expect(judged(metric, expression)?.passed).toBe(passed);
  });

  it('fails without data, whatever it asks', () => {
    for (const [metric, expression] of [
      ['will_latency', 'p(99)<1000'],
      ['will_latency', 'min>=0'],
      ['acknowledged', 'rate>=0'],
      ['on_time', 'rate<2'],
    ] as const) {
      const one = judged(metric, expression);
      expect(one?.passed).toBe(false);
      expect(one).not.toHaveProperty('observed');
    }
  });

  it('does not take "nothing lost" for granted where nothing was expected', () => {
    const empty = { trends: {}, rates: {}, counters: countersOf({ connections_opened: 1 }) };
    expect(judged('messages_lost', 'count==0', empty)?.passed).toBe(false);
    expect(judged('connections_dropped', 'count==0', empty)?.passed).toBe(true);
  });

  it('says when a latency was first too high', () => {
    expect(judged('message_latency', 'p(99)<5')?.crossedMs).toBe(0);
    expect(judged('message_latency', 'p(99)<50')).not.toHaveProperty('crossedMs');
  });
});

describe('concludeLoad', () => {
  const passed = { metric: 'delivered', expression: 'rate==1', limit: 1, observed: 1, passed: true };
  const crossed = { ...passed, observed: 0.9, passed: false };
  const broken = { name: 'order', requirements: ['5.0/MQTT-4.6.0-6'], checked: 5, broken: 2 };
  const invalid = { ...health, verdict: 'invalid', reasons: ['it was late'] } as const;
  const nothing = { trends: {}, rates: {}, counters: countersOf({}) };
  const of = (change: Partial<LoadFindings>) =>
    concludeLoad({ label: 'B', thresholds: [passed], invariants: [], health, metrics, ...change });

  it.each<[string, Partial<LoadFindings>, number, string]>([
    ['held', {}, 0, 'B held the threshold'],
    ['crossed', { thresholds: [passed, crossed] }, 1, 'B crossed 1 of 2 thresholds: delivered rate==1, and it is 0.9'],
    ['without data', { thresholds: [{ metric: 'x', expression: 'y', limit: 1, passed: false }] }, 1, 'x y has no data'],
    ['invalid', { health: invalid, thresholds: [crossed] }, 6, 'invalid: it was late; nothing is said about B'],
    [
      'an invariant, even where the generator was late',
      { health: invalid, invariants: [broken] },
      1,
      'order, 2 times [5.0/MQTT-4.6.0-6]',
    ],
    ['nothing measured', { metrics: nothing }, 3, 'nothing was measured'],
    ['the broker died', { ended: 'broker-down' }, 1, 'B went down; the broker went down before the end'],
    ['interrupted', { ended: 'interrupted', signalled: 130 }, 130, 'interrupted before the end'],
    ['terminated', { ended: 'interrupted', signalled: 143, thresholds: [crossed] }, 143, 'interrupted before the end'],
  ])('%s', (_what, change, exitCode, sentence) => {
    const conclusion = of(change);
    expect(conclusion.exitCode).toBe(exitCode);
    expect(conclusion.sentence).toContain(sentence);
  });
});
