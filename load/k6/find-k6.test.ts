import { describe, expect, test } from 'vitest';
import { ourExitCode } from './exit-code.ts';
import { k6Path, readVersion } from './find-k6.ts';

test.each([
  ['k6 v2.2.0 (go1.26.8, linux/amd64)', '2.2.0', undefined],
  ['k6.exe v1.8.1 (commit/abc, go1.25, windows/amd64)', '1.8.1', undefined],
  ['k6 v2.2.0 (go1.26)\nExtensions:\n  github.com/grafana/xk6-mqtt v0.3.0, k6/x/mqtt [js]\n', '2.2.0', 'v0.3.0'],
  ['k6 v2.2.0 (go1.26)\nExtensions:\n  github.com/grafana/xk6-sql v1.0.0, k6/x/sql [js]\n', '2.2.0', undefined],
])('%j', (printed, version, mqttExtension) => {
  const found = readVersion('k6', printed);
  expect([found.version, found.mqttExtension]).toEqual([version, mqttExtension]);
});

test('a program that is no k6 says so', () => {
  expect(() => readVersion('/bin/true', 'true (GNU coreutils) 9.1')).toThrow(/does not say which k6 it is/);
});

describe('where it is looked for', () => {
  const here = process.execPath;

  test('--k6 stands above K6_BIN, that above the PATH', () => {
    expect(k6Path(here, { K6_BIN: '/nowhere', PATH: '' })).toBe(here);
    expect(k6Path(undefined, { K6_BIN: here, PATH: '' })).toBe(here);
    expect(k6Path(undefined, { K6_BIN: '', PATH: '/nowhere' })).toBeUndefined();
  });

  test('what is named must be there', () => {
    expect(() => k6Path('/nowhere/k6', {})).toThrow('--k6 names /nowhere/k6, and there is no such program');
    expect(() => k6Path(undefined, { K6_BIN: '/nowhere/k6' })).toThrow('K6_BIN names /nowhere/k6');
    expect(() => k6Path('/', {})).toThrow(/no such program/);
  });
});

test.each([
  [0, 0],
  [99, 1],
  [108, 1],
  [110, 1],
  [104, 2],
  [105, 130],
  [2, 4],
  [107, 4],
  [null, 4],
])('exit code %j of k6 is our %i', (k6, ours) => {
  expect(ourExitCode(k6)).toBe(ours);
});
