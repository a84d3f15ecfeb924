// Connections that do nothing: what each takes, and how long many take to open.
import { readFileSync } from 'node:fs';
import { script } from './generators.mjs';
import { say } from './say.mjs';

const SOURCES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
/** Descriptors that a process needs for itself. */
const SPARE = 64;

/** What a connection takes is the difference between many and few: the engine itself is in both. */
export async function idle({ url, own }, wanted) {
  const [, descriptors] = /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
  const clients = Math.min(wanted, Number(descriptors ?? Infinity) - SPARE);
  if (clients < wanted)
    say(`a process may have ${descriptors} descriptors here: ${clients} connections instead of ${wanted}`);
  for (const [where, broker] of [
    ['Mosquitto', url],
    ['own broker', own],
  ]) {
    const work = { url: broker, hold: 3, sources: SOURCES };
    try {
      const few = await script('generator-engine.mjs', { ...work, clients: Math.floor(clients / 5) }, ['--expose-gc']);
      const many = await script('generator-engine.mjs', { ...work, clients }, ['--expose-gc']);
      const each = (many.held - few.held) / (many.opened - few.opened) / 1024;
      const at = `${many.opened} of ${clients} opened in ${many.seconds.toFixed(1)} s from ${SOURCES.length} addresses`;
      say(
        `idle connections, ${where}: ${at}, ${many.failed} failed, ${many.dropped} dropped, ${each.toFixed(1)} KiB each`,
      );
    } catch (error) {
      say(`idle connections, ${where}: ${error.message}`);
    }
  }
  say('');
}
