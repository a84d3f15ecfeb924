import { expect, test } from 'vitest';
import { parseUsers } from './broker-users.ts';

test('passwords become octets; what is absent stays absent', () => {
  const text = '[{"username":"a","password":"\u00e9","publish":["x/#"]},{"username":"b"}]';
  expect(parseUsers(text, 'users.json')).toEqual([
    { username: 'a', password: Uint8Array.of(0xc3, 0xa9), publish: ['x/#'] },
    { username: 'b' },
  ]);
});

test.each([
  ['{', /users.json is no JSON/],
  ['{}', /the whole must be Array/],
  ['[{"username":1,"password":"hush"}]', /0\.username must be string/],
  ['[{"name":"a"}]', /0\.(name|username) must be/],
])('%s is refused, and no password is told', (text, message) => {
  expect(() => parseUsers(text, 'users.json')).toThrow(message);
  expect(() => parseUsers(text, 'users.json')).not.toThrow(/hush/);
});
