import { expect, it } from 'vitest';
import { compare, parseThreshold, ThresholdError } from './load-thresholds.ts';

it.each([
  ['message_latency', 'p(99)<50', { aggregation: 'percentile', percentile: 99, comparison: '<', limit: 50 }],
  ['message_latency', 'p(99.9) <= 1e3', { aggregation: 'percentile', percentile: 99.9, comparison: '<=', limit: 1000 }],
  ['message_latency', 'max<500', { aggregation: 'max', limit: 500 }],
  ['delivered', 'rate>0.99', { aggregation: 'rate', comparison: '>', limit: 0.99 }],
  ['messages_lost', 'count===0', { aggregation: 'count', comparison: '==', limit: 0 }],
  ['messages_received', 'rate>1000', { aggregation: 'rate', limit: 1000 }],
])('%s: %s', (metric, expression, expected) => {
  expect(parseThreshold(metric, expression)).toMatchObject({ metric, expression, ...expected });
});

it.each([
  ['latency', 'p(99)<50', true],
  ['message_latency', 'p99<50', false],
  ['message_latency', 'p(101)<50', false],
  ['message_latency', 'rate<50', false],
  ['messages_lost', 'p(99)<50', false],
  ['delivered', 'count>5', false],
  ['delivered', 'rate>', false],
  ['toString', 'rate>1', true],
])('%s: %s is none', (metric, expression, unknownMetric) => {
  const error = (() => {
    try {
      return parseThreshold(metric, expression);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(ThresholdError);
  expect(error).toMatchObject({ unknownMetric });
});

it.each([
  [1, '<', 2, true],
  [2, '<', 2, false],
  [2, '<=', 2, true],
  [3, '>', 2, true],
  [2, '>', 2, false],
  [2, '>=', 2, true],
  [2, '==', 2, true],
  [1, '==', 2, false],
  [1, '!=', 2, true],
] as const)('%d %s %d: %s', (observed, comparison, limit, expected) => {
  expect(compare(observed, comparison, limit)).toBe(expected);
});
