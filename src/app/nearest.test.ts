import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['broker', 'broker', 0],
  ['borker', 'broker', 1],
  ['broke', 'broker', 1],
  ['stop', 'start', 3],
])('%s → %s: %i steps', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test('the nearest name is offered, whatever was typed', () => {
  const names = ['run', 'broker', 'list', 'explain', 'report'];
  expect(nearest('rnu', names)).toBe('run');
  expect(nearest('exlpain', names)).toBe('explain');
  expect(nearest('BROKER', names)).toBe('broker');
  expect(nearest('zzzzzzzzz', names)).toBeDefined();
  expect(nearest('run', [])).toBeUndefined();
});

test('a part of a name means that name', () => {
  expect(nearest('second', ['seconds-x-y-z-long-name', 'accepts-second-connect', 'no-unsuback'])).toBe(
    'accepts-second-connect',
  );
});
