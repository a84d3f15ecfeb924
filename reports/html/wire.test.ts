import { expect, test } from 'vitest';
import type { InstanceResult } from '#results';
import type { Transcript } from '#wire';
import { TranscriptBuilder } from '../testing/sample-transcripts.ts';
import { sampleRun } from '../testing/sample-run.ts';
import { duration } from '../text.ts';
import { escapeText } from './client/escape-text.ts';
import { wireMarkup } from './client/wire-markup.ts';
import { wireData } from './wire.ts';

const [BASE] = sampleRun().cases.filter(({ findings }) => findings.length > 0) as [InstanceResult];

function written(transcript: Transcript, { decisive, units }: { decisive?: number; units?: number } = {}): string {
  const [found] = BASE.findings;
  const finding = { ...found, evidence: 'deadline', entry: decisive ?? -1 } as (typeof BASE.findings)[number];
  const data = wireData({ ...BASE, findings: [finding], transcript }, units);
  return wireMarkup(data, { escape: escapeText, duration, opened: () => undefined });
}

/** The units and silences, each as text, lanes as `→ ← | .` (own, idle, not drawn). */
function lines(shown: Transcript, view: Parameters<typeof written>[1] = {}): string[] {
  const text = written(shown, view);
  return [...text.matchAll(/<li class="[^"]*">(.*?)<\/li>/gs)].map(([, line = '']) =>
    line
      .replaceAll(/<i class="gone"><\/i>/g, ' . ')
      .replaceAll(/<i><\/i>/g, ' | ')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
}

const TWO = new TranscriptBuilder('5.0')
  .unit('out', 'tcp', 'connected', {}, 1)
  .unit('out', 'tcp', 'connected', {}, 2)
  .unit('in', 'tcp', 'FIN', {}, 1)
  .unit('out', 'tcp', 'FIN', {}, 1)
  .wait(1500)
  .unit('note', 'harness', 'deadline: waited 1500 ms for close', {}, 2)
  .build(['first', 'second']);

test('a lane is drawn from its first unit to its last; silence is drawn', () => {
  expect(lines(TWO)).toEqual([
    '0.3 +0.3 → . TCP connected',
    '0.5 +0.3 | → TCP connected',
    '0.8 +0.3 ← | TCP FIN',
    '1.1 +0.3 → | TCP FIN',
    '1.5 s: nothing came',
    '1501.3 +1500.3 . | deadline: waited 1500 ms for close',
  ]);
});

test('what decides is marked and said', () => {
  expect(lines(TWO, { decisive: 4 }).at(-1)).toMatch(/deadline: waited 1500 ms for close nothing came$/);
});

test('who closed, and how', () => {
  const text = written(TWO);
  expect(text).toMatch(/#1 first<\/b>\s+ended first by the broker at 0\.8 ms \(FIN\), then harness: FIN\./);
  expect(text).toMatch(/#2 second<\/b>\s+was still open at the end\./);
});

test('of a long one the units around what decides are shown, and the others counted', () => {
  const wire = new TranscriptBuilder('5.0');
  for (let n = 0; n < 100; n += 1) wire.unit('in', 'tcp', `unit ${n}`);
  const shown = lines(wire.build(['only'], 7), { units: 10, decisive: 50 });
  expect(shown[0]).toBe('44 earlier units are in the results file');
  expect(shown.at(-1)).toBe('53 more units are in the results file or were not kept');
  expect(shown).toHaveLength(12);
  expect(shown.join('\n')).toMatch(/unit 44\n.*unit 45[^]*unit 50 nothing came[^]*unit 53\n/);
});
