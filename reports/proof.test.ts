import { expect, test } from 'vitest';
import type { Finding, InstanceResult } from '#results';
import { decisiveFact } from './html/fact.ts';
import { contrastOf, decisiveFinding, proofText } from './proof.ts';
import { curatedInstances } from './testing/curated-instances.ts';

const [second] = curatedInstances() as [InstanceResult];
const [own] = second.findings as [Finding];
const byTheWay: Finding = { ...own, requirement: '5.0/MQTT-3.2.0-2', by: 'referee', message: 'a second CONNACK' };

test('what the case verifies comes before what was found by the way', () => {
  const both = { ...second, findings: [byTheWay, own], expected: 'not of this finding' };
  expect(decisiveFinding(both)).toBe(own);
  expect(contrastOf(both).expected).toBe('DISCONNECT 0x82 (optional), then close');
  const { expected: _, ...bare } = own;
  expect(contrastOf({ ...both, findings: [byTheWay, bare] }).expected).toBeUndefined();
  expect(contrastOf({ ...both, findings: [bare] }).expected).toBe('not of this finding');
});

test('the proof shows the wire around what decides', () => {
  const text = proofText({ ...second, findings: [own, byTheWay] });
  expect(text).toMatch(/^requirement {2}\[5\.0\/MQTT-3\.1\.0-2\] MUST$/m);
  expect(text).toMatch(/^also {9}\[5\.0\/MQTT-3\.2\.0-2\] a second CONNACK$/m);
  expect(text).toMatch(/→ CONNECT .*\n.*← CONNACK 0x00 Success\n.*deadline: waited 2000 ms for close {3}← here$/m);
});

const actual = (text: string, evidence: Finding['evidence'] = 'wire'): InstanceResult => ({
  ...second,
  findings: [{ ...own, actual: text, evidence }],
});

test.each([
  [actual('still open after 3161 ms; received CONNACK 0x00'), 'still open'],
  [actual('DISCONNECT 0x82 Protocol Error'), '0x82'],
  [actual('ended by Close 1002'), 'close 1002'],
  [actual('HTTP/1.1 400 Bad Request'), 'HTTP 400'],
  [actual('nothing within 2000 ms', 'deadline'), 'timeout'],
  [actual('another topic than the one that was subscribed'), 'another topic than the one that…'],
  [{ ...second, verdict: 'pass' as const }, ''],
  [{ ...second, findings: [], verdict: 'observed' as const, actual: '0x10, or 0x00' }, '0x10, or 0x00'],
])('in a cell: %#', (one, fact) => {
  expect(decisiveFact(one)).toBe(fact);
});
