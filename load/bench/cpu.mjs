// CPU time of the generators for the same messages.
import { heads, row, say } from './say.mjs';

const WORKS = [2000, 20_000].flatMap((rate) => [1, 100].map((pairs) => ({ rate, pairs })));
/** The two that are closest to each other take turns, so that what else happens on the machine touches both alike. */
const ORDER = ['engine', 'ws', 'ws', 'engine', 'mqttjs', 'k6'];

export async function cpuPerMessage(generators, url, seconds) {
  say(
    `CPU seconds of the generator per million messages (one is a send and a receive), ${seconds} s each after 5 s of warm-up, engine and ws twice in turn; × of the engine's\n`,
  );
  const table = new Map(Object.keys(generators).map((name) => [name, WORKS.map(() => [])]));
  for (const [index, work] of WORKS.entries()) {
    for (const name of ORDER) {
      if (!(name in generators)) continue;
      table.get(name)[index].push(await measured(generators[name], { url, ...work, seconds }));
    }
  }
  heads(['', ...WORKS.map(({ rate, pairs }) => `${rate / 1000},000/s, ${pairs} pair${pairs === 1 ? '' : 's'}`)]);
  for (const [name, cells] of table) {
    const shown = cells.map((all, index) => cell(all, mean(table.get('engine')[index])));
    row([generators[name].title, ...shown]);
  }
  say('');
}

const mean = (all) => all.reduce((sum, { each }) => sum + each, 0) / all.length;

function cell(all, engine) {
  const failed = all.find(({ each }) => Number.isNaN(each));
  if (failed !== undefined) return failed.flaw;
  const flaws = new Set(all.map(({ flaw }) => flaw).filter((flaw) => flaw !== ''));
  return [`${mean(all).toFixed(1)} (${(mean(all) / engine).toFixed(2)} ×)`, ...flaws].join(', ');
}

async function measured({ run, cpu = run }, work) {
  try {
    const { cpuSeconds, received, notOnTime } = await cpu(work);
    const arrived = received / (work.rate * work.seconds);
    return {
      each: (cpuSeconds / received) * 1e6,
      flaw:
        arrived < 0.99
          ? `${(arrived * 100).toFixed(0)} % arrived`
          : notOnTime > 0.01
            ? `${(notOnTime * 100).toFixed(0)} % late`
            : '',
    };
  } catch (error) {
    return { each: Number.NaN, flaw: error.message };
  }
}
