import { expect, test } from 'vitest';
import { displayWidth, fit, spread, wrap } from './width.ts';

test.each([
  ['abc', 3],
  ['äöü', 3],
  ['a\u0308', 1],
  ['日本', 4],
  ['✓ ✗', 3],
  ['👍', 2],
  ['', 0],
])('%s takes %i columns', (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

test('what does not fit ends in an ellipsis, never wider than asked', () => {
  expect(fit('abcdef', 6)).toBe('abcdef');
  expect(fit('abcdef', 4)).toBe('abc…');
  expect(fit('日本語', 4)).toBe('日…');
  expect(fit('abc', 0)).toBe('');
});

test('two ends of a line keep a distance', () => {
  expect(spread('a', 'b', 6)).toBe('a    b');
  expect(spread('long', 'right', 6)).toBe('long  right');
});

test('lines break between words', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('unbreakable', 4)).toEqual(['unbreakable']);
});
