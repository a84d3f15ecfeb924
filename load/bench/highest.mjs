// The highest rate that one pair holds, and how punctual the engine is at half of it.
import { script } from './generators.mjs';
import { heads, row, say } from './say.mjs';

const RATES = [5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 300, 350, 400, 450, 500, 600, 700, 800].map(
  (thousands) => thousands * 1000,
);
const SECONDS = 3;

export async function highest(generators, { url, own }) {
  say(`highest held rate of one pair, messages/s (≥ 99 % arrived, ≤ 1 % more than 5 ms late), ${SECONDS} s each\n`);
  heads(['', 'Mosquitto', 'own broker']);
  let best = 0;
  for (const [name, { title, run }] of Object.entries(generators)) {
    const start = name === 'k6' || name === 'mqttjs' ? 20_000 : 100_000;
    const there = await held(run, { url, packing: 'one' }, start);
    if (name === 'engine') best = there;
    row([title, there, name === 'engine' ? await held(run, { url: own, packing: 'one' }, start) : '–']);
    if (name !== 'engine') continue;
    const packed = await held(run, { url, packing: 'many' }, start);
    row([`${title}, packed`, packed, await held(run, { url: own, packing: 'many' }, 400_000)]);
  }
  const rate = Math.max(1000, best / 2);
  const half = await script('generator-engine.mjs', { url, pairs: 1, rate, seconds: 10 });
  say(
    `\nat half load (${rate}/s to Mosquitto, 10 s): ${((half.late / half.sent) * 100).toFixed(3)} % of the sends more than 5 ms late`,
  );
  say(`p99 from the intended send ${half.p99?.toFixed(1)} ms, lost ${half.lost}\n`);
}

/** By halving, from a guess; a rate that does not hold is tried once more. */
async function held(run, work, guess) {
  let low = -1;
  let high = RATES.length;
  let at = RATES.indexOf(guess);
  while (high - low > 1) {
    if (await holds(run, { ...work, pairs: 1, rate: RATES[at], seconds: SECONDS, warmup: 1 })) low = at;
    else high = at;
    at = (low + high) >> 1;
  }
  return low < 0 ? 0 : RATES[low];
}

async function holds(run, work) {
  for (let tried = 0; tried < 2; tried += 1) {
    const told = await run(work).catch(() => undefined);
    const arrived = (told?.received ?? 0) / (work.rate * work.seconds);
    if (arrived >= 0.99 && told.notOnTime <= 0.01) return true;
    // Far away: another try would not help.
    if (arrived < 0.9 || told.notOnTime > 0.2) return false;
  }
  return false;
}
