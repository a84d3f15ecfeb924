import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

const BUILT = new URL('../../dist/src/cli/interruption.js', import.meta.url).href;
/** Goes on after the first signal, as a run does that writes its reports. */
const STUBBORN = `
  import { interruptions } from ${JSON.stringify(BUILT)};
  const { signal } = interruptions(() => console.log('noticed'));
  signal.addEventListener('abort', () => console.log('aborted'));
  setInterval(() => undefined, 1000);
  console.log('ready');
`;

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('the first %s is noticed and aborts, the second quits with %i', async (name, code) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', STUBBORN], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    // One after the other: two that come together may be delivered as one.
    if (text.includes('ready') || text.includes('aborted')) child.kill(name);
  });
  const ended = await new Promise((resolve) => child.once('close', resolve));
  expect(said).toBe('ready\nnoticed\naborted\n');
  expect(ended).toBe(code);
});
