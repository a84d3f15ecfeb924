import { expect, test } from 'vitest';
import type { InstanceResult } from '#results';
import { curatedInstances } from '../testing/curated-instances.ts';
import { sampleRun } from '../testing/sample-run.ts';
import { modelOf } from './model.ts';
import { transportDifferences } from './transports.ts';

const [second] = curatedInstances() as [InstanceResult];
const over = (transport: InstanceResult['transport'], change: Partial<InstanceResult> = {}): InstanceResult => ({
  ...second,
  transport,
  instance: `connect/second-connect@5.0/${transport}`,
  ...change,
});
const section = (cases: readonly InstanceResult[]): string =>
  transportDifferences(modelOf([{ ...sampleRun({ cases: 0 }), cases }])).text;

test('what breaks over WebSocket only is named, with both verdicts', () => {
  const text = section([over('ws'), over('mqtt', { verdict: 'pass', findings: [] })]);
  expect(text).toMatch(/1 case ran over (?:ws, mqtt|mqtt, ws);\s+1 differs:/);
  expect(text).toMatch(/<span class="v fail">fail<\/span>.*still open.*<span class="v pass">pass<\/span>/s);
});

test('observations differ where their words do', () => {
  const seen = (transport: 'ws' | 'mqtt', reason: string) =>
    over(transport, { verdict: 'observed', findings: [], reason });
  expect(section([seen('ws', 'closes'), seen('mqtt', 'closes')])).toContain('none differs');
  expect(section([seen('ws', 'closes'), seen('mqtt', 'answers 0x82')])).toContain('1 differs');
});

test('one door, or a skip behind the other, compares nothing', () => {
  expect(section([over('ws')])).toBe('');
  expect(section([over('ws'), over('mqtt', { verdict: 'skip' })])).toBe('');
});
