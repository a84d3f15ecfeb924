import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from './imports.ts';

interface Thread {
  ready(): Promise<unknown>;
  ask(request: unknown): Promise<unknown>;
  stop(): Promise<void>;
}
interface Threads {
  Thread: new (data: object, options: object) => Thread;
}

const file = path.join(ROOT, 'scripts', 'mutate.threads.mjs');
const { Thread } = (await import(pathToFileURL(file).href)) as Threads;

const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-threads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a thread does with each message. */
function thread(name: string, answer: string): Thread {
  const script = path.join(folder, `${name}.mjs`);
  const lines = [
    "import { parentPort, workerData } from 'node:worker_threads';",
    `parentPort.on('message', (message) => { ${answer} });`,
    "parentPort.postMessage('ready');",
  ];
  writeFileSync(script, lines.join('\n'));
  return new Thread({}, { script, patience: { processor: 1_500, wall: 4_000, slower: 20 } });
}

test('a thread answers', async () => {
  const one = thread('answers', 'parentPort.postMessage(message + 1);');
  expect(await one.ready()).toBe('ready');
  expect(await one.ask(1)).toBe(2);
  expect(await one.ask(2)).toBe(3);
  await one.stop();
});

test.each([
  ['spins', 'for (;;) {}'],
  ['waits', ''],
])('a thread that %s for ever is given up, and can be stopped', async (name, answer) => {
  const one = thread(name, answer);
  await one.ready();
  expect(await one.ask(1)).toEqual({ lost: 'endless' });
  await one.stop();
});

test('a thread that shows that it lives is waited for', async () => {
  const beats = 'Atomics.add(workerData.pulse, 0, 1); if (performance.now() - start < 600) return setTimeout(step, 5);';
  const busy = `const start = performance.now(); const step = () => { ${beats} parentPort.postMessage('done'); }; step();`;
  const one = thread('lives', busy);
  await one.ready();
  expect(await one.ask(1)).toBe('done');
  await one.stop();
});

test('a thread that throws says what', async () => {
  const one = thread('throws', "throw new Error('boom');");
  await one.ready();
  expect(await one.ask(1)).toEqual({ lost: 'crashed', message: 'boom' });
  await one.stop();
});
