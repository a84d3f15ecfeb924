import { expect, test } from 'vitest';
import { VirtualClock } from '#io';
import { loadReporter, type LoadNow } from './load-live.ts';
import { paintFor } from './paint.ts';
import { detectStyle } from './style.ts';

const START = {
  profile: 'smoke',
  title: 'five seconds',
  url: 'ws://localhost/mqtt',
  label: 'Broker 1.0',
  clients: 8,
  seconds: 5,
  run: 1,
  runs: 2,
};

const at = (stage: string, atMs: number): LoadNow => ({
  stage,
  atMs,
  point: {
    atMs,
    connections: 8,
    wanted: 8,
    sent: 400,
    received: 399,
    late: 4,
    blocked: 0,
    errors: 1,
    busy: 0.25,
    lagMs: 1.5,
  },
});

function reporter(animate: boolean) {
  const clock = new VirtualClock();
  let text = '';
  const paint = paintFor(detectStyle({ env: { LANG: 'C.UTF-8' }, isTty: false, columns: 120, colour: 'never' }));
  const made = loadReporter({ write: (more) => (text += more), paint: () => paint, clock, animate });
  return { clock, made, text: () => text };
}

test('without a terminal: a line for each stage, and one now and then', async () => {
  const { clock, made, text } = reporter(false);
  made.note('the bundled broker is loaded');
  made.start(START);
  made.progress(at('connect', 100));
  made.progress(at('steady', 1000));
  made.progress(at('steady', 1100));
  await clock.advance(16_000);
  made.progress(at('steady', 17_000));
  made.stop();
  expect(text().split('\n')).toEqual([
    ' the bundled broker is loaded',
    ' smoke  five seconds  run 1 of 2',
    ' Broker 1.0  ws://localhost/mqtt',
    ' 8 clients, 5.0 s and what it takes to connect and drain',
    '   0.1 s  connect  8 of 8 connected  400/s sent  399/s received  1 error',
    '   1.0 s  steady  8 of 8 connected  400/s sent  399/s received  1 error',
    '  17.0 s  steady  8 of 8 connected  400/s sent  399/s received  1 error',
    '',
  ]);
});

test('on a terminal: a window that is drawn anew, and is gone at the end', async () => {
  const { clock, made, text } = reporter(true);
  made.start(START);
  made.progress(at('steady', 1000));
  await clock.advance(150);
  expect(text()).toContain('steady  8 of 8 connected');
  expect(text()).toContain('generator: busy 25 %, loop lag 1.50 ms, 1.00 % late, 0 % blocked');
  made.stop();
  const before = text();
  await clock.advance(1000);
  expect(text()).toBe(before);
});
