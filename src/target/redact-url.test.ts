import { expect, it } from 'vitest';
import { redactUrl } from './redact-url.ts';

it.each([
  ['ws://localhost:9001/mqtt', 'ws://localhost:9001/mqtt'],
  ['ws://u:p@h/mqtt', 'ws://h/mqtt'],
  ['ws://u:p@q@h/mqtt@x', 'ws://h/mqtt@x'],
  ['wss://h/mqtt?token=abc&x=1&flag', 'wss://h/mqtt?token=***&x=***&***'],
  ['wss://h/mqtt?a=b?c=d', 'wss://h/mqtt?a=***'],
  ['ws://h/a#secret', 'ws://h/a#'],
  ['ws://u:a/b@h:x/', 'ws://h:x/'],
])('%s → %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});
