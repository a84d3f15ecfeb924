import { describe, expect, test } from 'vitest';
import { canAnimate, detectStyle } from './style.ts';

const style = (env: Record<string, string>, isTty = true, colour?: 'auto' | 'always' | 'never') =>
  detectStyle({ env, isTty, columns: 80, colour });

describe('colour', () => {
  test.each([
    ['a terminal', {}, true, true],
    ['a pipe', {}, false, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR is none', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR on a pipe', { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['TERM=dumb', { TERM: 'dumb' }, true, false],
  ])('%s', (_, env, isTty, expected) => {
    expect(style(env as Record<string, string>, isTty).colour).toBe(expected);
  });

  test('--color wins over the environment', () => {
    expect(style({ FORCE_COLOR: '1' }, true, 'never').colour).toBe(false);
    expect(style({ NO_COLOR: '1' }, false, 'always').colour).toBe(true);
  });
});

describe('marks', () => {
  test.each([
    [{}, true],
    [{ LANG: 'de_DE.UTF-8' }, true],
    [{ LANG: 'C' }, false],
    [{ LC_ALL: 'POSIX', LANG: 'en_GB.utf8' }, false],
    [{ LC_ALL: '', LANG: 'en_GB.utf8' }, true],
    [{ LANG: 'en_GB.UTF-8', TERM: 'dumb' }, false],
  ])('%o', (env, unicode) => {
    expect(style(env as Record<string, string>).unicode).toBe(unicode);
  });
});

test('a live window needs a terminal, and nobody in CI looks at one', () => {
  expect(canAnimate({ env: {}, isTty: true })).toBe(true);
  expect(canAnimate({ env: {}, isTty: false })).toBe(false);
  expect(canAnimate({ env: { CI: 'true' }, isTty: true })).toBe(false);
  expect(canAnimate({ env: { TERM: 'dumb' }, isTty: true })).toBe(false);
});
