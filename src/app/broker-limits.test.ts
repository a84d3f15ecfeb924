import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '#broker';
import { parseLimits } from './broker-limits.ts';

test('numbers and booleans by name', () => {
  expect(parseLimits(['receiveMaximum=5', 'retainAvailable=false', 'maximumQos=1'], DEFAULT_LIMITS)).toEqual({
    receiveMaximum: 5,
    retainAvailable: false,
    maximumQos: 1,
  });
});

test.each([
  ['receiveMaximum', /no name=value/],
  ['receiveMaximun=5', /no limit 'receiveMaximun'/],
  ['receiveMaximum=0', /from 1 to 65535/],
  ['receiveMaximum=', /whole number/],
  ['receiveMaximum=1.5', /whole number/],
  ['maximumQos=3', /from 0 to 2/],
  ['retainAvailable=no', /true or false/],
  ['constructor=1', /no limit 'constructor'/],
])('%s is refused', (word, message) => {
  expect(() => parseLimits([word], DEFAULT_LIMITS)).toThrow(message);
});
