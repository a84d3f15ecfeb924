import { expect, test } from 'vitest';
import type { LoadResult } from '#results';
import { renderLoadComparison } from './load-comparison.ts';
import { renderLoadConclusion, renderLoadSummary } from './load-summary.ts';
import { paintFor } from './paint.ts';
import { detectStyle } from './style.ts';
import { grouped, millis, perSecond, percent } from './load-numbers.ts';
import { sampleLoad } from '../results/testing/sample-load-result.ts';

const paint = paintFor(detectStyle({ env: { LANG: 'C.UTF-8' }, isTty: false, columns: 120, colour: 'never' }));
const shown = (result: LoadResult): string => renderLoadSummary(result, [], paint);

test('thresholds first, then latencies, delivery, the generator, the answer', () => {
  const lines = shown(sampleLoad())
    .split('\n')
    .map((line) => line.trimEnd());
  expect(lines[1]).toBe(' ✓ message_latency          p(99)<50         10.0 ms');
  expect(lines.find((line) => line.startsWith(' message latency'))).toMatch(
    /5\.\d\d ms +10\.0 ms +10\.0 ms +10\.0 ms +10$/,
  );
  expect(lines).toContain(
    ' QoS 1  10 sent, 10 acknowledged, 10 of 10 delivered: none lost, repeated, out of order or changed',
  );
  expect(lines).toContain(' measured  10/s sent, 10/s received in 1.0 s');
  expect(lines).toContain(
    ' generator  open model, latency from the intended send, one thread, 0 % late by its own fault, 0 % blocked by the broker',
  );
  expect(lines).toContain(' ✓ Broker 1.0 held the threshold');
  expect(lines).toContain(' again   mqttspec load run smoke ws://localhost:9001/mqtt');
});

test('what went wrong is named', () => {
  const sample = sampleLoad();
  const text = shown({
    ...sample,
    delivery: sample.delivery.map((one) =>
      one.qos === 1 ? { ...one, delivered: 7, lost: 2, reordered: 1, undelivered: 1 } : one,
    ),
    errors: [
      {
        kind: 'dropped',
        message: 'the connection was reset',
        count: 3,
        firstMs: 1000,
        lastMs: 2500,
        sample: ['1.0 ms  > CONNECT'],
      },
    ],
    invariants: [
      {
        name: 'order',
        requirements: ['5.0/MQTT-4.6.0-5'],
        checked: 10,
        broken: 1,
        first: { atMs: 5, message: 'message 3 came late', transcript: ['< PUBLISH'] },
      },
    ],
    thresholds: [{ metric: 'will_latency', expression: 'p(99)<9', limit: 9, passed: false }],
    knee: { held: 1000, broke: 1500, why: 'message_latency p(99)<50 did not hold' },
    health: { ...sample.health, verdict: 'warn', reasons: ['it was a little late'] },
    conclusion: { exitCode: 1, verdict: 'crossed', sentence: 'Broker 1.0 crossed 1 of 1 thresholds' },
  });
  for (const part of [
    ' ✗ will_latency             p(99)<9          no data',
    '7 of 10 delivered: 2 lost, 1 undelivered, 1 reordered',
    '      3  the connection was reset (from 1.0 s to 2.5 s)',
    '1.0 ms  > CONNECT',
    ' ✗ order broken once in 10  [5.0/MQTT-4.6.0-5]',
    'message 3 came late',
    ' knee    held 1 000/s, broke at 1 500/s: message_latency p(99)<50 did not hold',
    ' ⚠ it was a little late',
    ' ✗ Broker 1.0 crossed 1 of 1 thresholds',
  ]) {
    expect(text).toContain(part);
  }
});

test('an invalid run is neither a pass nor a failure', () => {
  const conclusion = { exitCode: 6, verdict: 'invalid', sentence: 'invalid: late' } as const;
  expect(renderLoadConclusion({ ...sampleLoad(), conclusion }, paint)).toBe('? invalid: late\n');
});

test('runs side by side, with the noise', () => {
  const sample = sampleLoad();
  const [slow, slower] = [sampleLoad([20, 20]), sampleLoad([22, 22])];
  const text = renderLoadComparison(['before', [sample, sampleLoad([4, 5])]], ['now', [slow, slower]], paint);
  expect(text).toMatch(
    /message_latency p\(99\) +7\.50 ms \(5\.00 ms – 10\.0 ms\) +21\.0 ms \(20\.0 ms – 22\.0 ms\) +\+180 % +worse/,
  );
  const invalid = { ...sample, health: { ...sample.health, verdict: 'invalid' as const } };
  expect(renderLoadComparison(['a', [invalid]], ['b', [sample]], paint)).toContain('nothing to compare');
});

test.each([
  [millis(0.128), '0.13 ms'],
  [millis(12.34), '12.3 ms'],
  [millis(12_345), '12 345 ms'],
  [millis(undefined), '–'],
  [grouped(1_234_567), '1 234 567'],
  [grouped(999), '999'],
  [perSecond(500, 250), '2 000/s'],
  [perSecond(1, 0), '–'],
  [percent(0.0123), '1.23 %'],
  [percent(0.5), '50 %'],
])('%s', (text, expected) => {
  expect(text).toBe(expected);
});
