import { expect, test } from 'vitest';
import { VirtualClock } from '#io';
import type { RunEvent } from '#results';
import { LineReporter } from './line-reporter.ts';
import { paintFor } from './paint.ts';
import { PASSED, runResult, SECOND_CONNECT } from './testing/results.ts';

const { tool, run, target } = runResult([]);
const START: RunEvent = {
  type: 'run-start',
  tool,
  run,
  target,
  planned: [SECOND_CONNECT, PASSED, { ...PASSED, instance: 'ping/twice@5.0/ws' }],
  leftOut: [{ reason: 'destructive (the target is not loopback)', instances: 4 }],
};

function reporter(verbosity: 0 | 1 = 0) {
  const clock = new VirtualClock();
  const seen = { progress: '', results: '' };
  const paint = paintFor({ colour: false, unicode: true, width: 100 });
  const streams = {
    progress: (text: string) => void (seen.progress += text),
    results: (text: string) => void (seen.results += text),
  };
  return {
    clock,
    seen,
    reporter: new LineReporter({ streams, progressPaint: paint, resultsPaint: paint, clock, verbosity }),
  };
}

test('first what will happen, in four lines', () => {
  const { seen, reporter: lines } = reporter();
  lines.event(START);
  expect(seen.progress).toBe(`mqttspec  0.1.0 · suite 1a2b3c · seed 7f3a
target    ws://localhost:9001/mqtt · subprotocol mqtt · round trip 0.8 ms
broker    Mosquitto 2.0.11 · MQTT 3.1.1 and 5.0
selected  3 instances · 4 left out: destructive (the target is not loopback)

`);
});

test('failures come at once, a suite when its last instance has ended', () => {
  const { seen, reporter: lines } = reporter();
  lines.event(START);
  seen.progress = '';
  lines.event({ type: 'case-end', result: PASSED });
  expect(seen).toEqual({ progress: '', results: '' });
  lines.event({ type: 'case-end', result: SECOND_CONNECT });
  expect(seen.results).toContain('✗ connect/second-connect@5.0/ws');
  expect(seen.progress).toBe(' connect                ✗ 1 fail\n');
  lines.event({ type: 'case-end', result: { ...PASSED, instance: 'ping/twice@5.0/ws' } });
  expect(seen.progress).toContain(' ping                   ✓ 2 pass\n');
});

test('what breaks one requirement again and again is proved three times, then told in a line', () => {
  const proof = 'expected  DISCONNECT 0x82';
  const shownBy = (verbosity: 0 | 1): string => {
    const { seen, reporter: lines } = reporter(verbosity);
    for (let time = 0; time < 5; time += 1) lines.event({ type: 'case-end', result: SECOND_CONNECT });
    return seen.results;
  };
  expect(shownBy(0).split(proof)).toHaveLength(4);
  expect(shownBy(0).split('✗ connect/second-connect@5.0/ws')).toHaveLength(6);
  expect(shownBy(1).split(proof)).toHaveLength(6);
});

test('what is skipped beforehand was never planned', () => {
  const { seen, reporter: lines } = reporter();
  lines.event(START);
  seen.progress = '';
  lines.event({ type: 'case-end', result: { ...PASSED, instance: 'ping/tls@5.0/ws', verdict: 'skip' } });
  lines.event({ type: 'case-end', result: PASSED });
  expect(seen.progress).toBe('');
});

test('passes are shown to those who ask', () => {
  const { seen, reporter: lines } = reporter(1);
  lines.event(START);
  lines.event({ type: 'case-end', result: PASSED });
  expect(seen.results).toContain('✓ ping/answered@5.0/ws');
});

test('silence of 15 s is broken by a sign of life, until it stops', async () => {
  const { clock, seen, reporter: lines } = reporter();
  lines.event(START);
  seen.progress = '';
  lines.event({ type: 'case-start', instance: SECOND_CONNECT.instance, at: 0 });
  await clock.advance(14_999);
  expect(seen.progress).toBe('');
  await clock.advance(1);
  expect(seen.progress).toBe(' … 15.0 s: 0 of 3 done, 1 instance running, the longest connect/second-connect@5.0/ws\n');
  lines.stop();
  await clock.advance(60_000);
  expect(seen.progress.split('\n')).toHaveLength(2);
});
