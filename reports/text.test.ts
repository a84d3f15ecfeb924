import { expect, test } from 'vitest';
import { counted, duration, escapeMarkup, grouped, visible } from './text.ts';

test.each([
  ['plain text', 'plain text'],
  ['Köln 温度 🌡️', 'Köln 温度 🌡️'],
  ['a\tb\nc', 'a\tb\nc'],
  ['bell\u0007 esc\u001B[31m', String.raw`bell\u{7} esc\u{1B}[31m`],
  ['\u202Eevil', String.raw`\u{202E}evil`],
  ['half \uD83C pair', String.raw`half \u{D83C} pair`],
  ['\uFFFE\u0000\r', String.raw`\u{FFFE}\u{0}\u{D}`],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('markup is text', () => {
  expect(escapeMarkup(`</script>&"'\u0000`)).toBe(String.raw`&lt;/script&gt;&amp;&quot;&#39;\u{0}`);
});

test.each([
  [0.44, '0.4 ms'],
  [12.4, '12 ms'],
  [1500, '1.5 s'],
  [125_000, '2 min 5 s'],
])('%d ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('numbers for people', () => {
  expect([grouped(7), grouped(1_234_567), counted(1, 'case'), counted(1200, 'case')]).toEqual([
    '7',
    '1,234,567',
    '1 case',
    '1,200 cases',
  ]);
});
