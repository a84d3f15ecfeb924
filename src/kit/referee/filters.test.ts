import { expect, it } from 'vitest';
import { matches } from './filters.ts';

it.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/b/', false],
  ['a/+', 'a/', true],
  ['a/+', 'a', false],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['#', 'a', true],
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['$SYS/#', '$SYS/x', true],
  ['+', '/a', false],
  ['/+', '/a', true],
  ['+/+', '/a', true],
  ['a//b', 'a//b', true],
  ['a/+/b', 'a//b', true],
  ['$share/g/a/+', 'a/b', true],
  ['A', 'a', false],
])('%s against %s: %s', (filter, topic, expected) => {
  expect(matches(filter, topic)).toBe(expected);
});
