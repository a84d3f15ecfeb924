import { expect, test } from 'vitest';
import { alignResults, comparisonKey } from './align.ts';
import { FAILED, PASSED, sampleResult } from './testing/sample-result.ts';

test('a key is what the instance is called', () => {
  for (const one of [FAILED, PASSED]) expect(comparisonKey(one)).toBe(one.instance);
  const { version, ...transportOnly } = FAILED;
  expect(version).toBe('5.0');
  expect(comparisonKey(transportOnly)).toBe('connect/second-connect@ws');
});

test('results meet by key, not by order; what is missing is seen', () => {
  const overTcp = { ...PASSED, transport: 'mqtt' as const };
  const rows = alignResults([sampleResult([FAILED, PASSED]), sampleResult([overTcp, PASSED])]);
  expect(rows.map(({ key }) => key)).toEqual([
    'connect/second-connect@5.0/ws',
    'topics/match[plus]@3.1.1/ws',
    'topics/match[plus]@3.1.1/mqtt',
  ]);
  expect(rows.map(({ instances }) => instances.map((one) => one?.verdict))).toEqual([
    ['fail', undefined],
    ['pass', 'pass'],
    [undefined, 'pass'],
  ]);
});
