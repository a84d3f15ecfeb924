import { expect, test } from 'vitest';
import { VirtualClock } from '#io';
import { LiveWindow } from './live-window.ts';
import { paintFor } from './paint.ts';
import { Progress } from './progress.ts';
import { PASSED, runResult, SECOND_CONNECT } from './testing/results.ts';
import { displayWidth } from './width.ts';
import { windowLines } from './window-lines.ts';

/** What a terminal would show: enough of one to know cursor up, erase below, and lines. */
function screen(written: string): string[] {
  const rows: string[] = [''];
  // oxlint-disable-next-line no-control-regex
  for (const [, up, erase, text] of written
    .replace(/\u001b\[\?2026[hl]/g, '')
    .matchAll(/\u001b\[(\d+)F|(\u001b\[J)|([^\u001b]+)/g)) {
    if (up !== undefined) rows.splice(rows.length - 1 - Number(up), Number(up) + 1, '');
    else if (erase === undefined) {
      const [first = '', ...rest] = (text ?? '').split('\n');
      rows.push((rows.pop() ?? '') + first, ...rest);
    }
  }
  return rows;
}

test('the window stays below what scrolls, and leaves nothing behind', async () => {
  const clock = new VirtualClock();
  let written = '';
  let n = 0;
  const write = (text: string): void => void (written += text);
  const window = new LiveWindow({ clock, write, lines: () => [`count ${n}`, 'running'] });
  expect(screen(written)).toEqual(['count 0', 'running', '']);
  n = 1;
  window.above('failure\n', write);
  expect(screen(written)).toEqual(['failure', 'count 1', 'running', '']);
  n = 2;
  await clock.advance(100);
  expect(screen(written)).toEqual(['failure', 'count 2', 'running', '']);
  window.stop();
  expect(screen(written)).toEqual(['failure', '']);
  const length = written.length;
  await clock.advance(1000);
  expect(written).toHaveLength(length);
});

test('counter, verdicts and the longest running, none wider than the terminal', () => {
  const { tool, run, target } = runResult([]);
  const progress = new Progress();
  progress.event({ type: 'run-start', tool, run, target, planned: [SECOND_CONNECT, PASSED], leftOut: [] }, 0);
  progress.event({ type: 'case-start', instance: SECOND_CONNECT.instance, at: 0 }, 0);
  progress.event({ type: 'case-end', result: PASSED }, 1000);
  const wide = windowLines(progress, 2000, 2000, paintFor({ colour: false, unicode: true, width: 80 }));
  expect(wide).toEqual(['', ' 1/2  2.0 s  connect', ' ✓ 1 pass', '     2.0 s  connect/second-connect@5.0/ws']);
  const narrow = windowLines(progress, 2000, 2000, paintFor({ colour: false, unicode: true, width: 24 }));
  expect(Math.max(...narrow.map(displayWidth))).toBeLessThan(24);
});
