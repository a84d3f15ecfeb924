// `npm run mutate`: changes the source of the reference broker in one place at a time, and looks whether the cases tell.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './command.mjs';
import { brokerSources, buildMutants } from './mutate.build.mjs';
import { Thread } from './mutate.threads.mjs';
import { prepareOrExit } from './prepare.mjs';

const PAGE = path.join(ROOT, 'docs', 'source-mutants.md');
const KEPT = path.join(ROOT, 'mqttspec-out', 'source-mutants.json');
/** Trials after which a thread is made anew: what mutants leave behind doesn't pile up. */
const TRIALS = 400;

const { values: flags } = parseArgs({
  options: {
    files: { type: 'string', default: '' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    instances: { type: 'string', default: '1000' },
    again: { type: 'boolean', default: false },
    prepare: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

if (flags.prepare) await prepareOrExit();
const proof = await import('../dist/src/proof/source-mutants/index.js');
const started = performance.now();
const files = brokerSources().filter((file) => proof.isMutated(file) && file.includes(flags.files));
const build = await buildMutants(files, proof.schemata);
const say = (text) => process.stdout.write(`${text}\n`);
async function mutate() {
  const { mutants } = build;
  const { loaded, watched } = await watch(mutants.length);
  const order = new proof.Order(watched, mutants);
  const inLoading = new Set(loaded);
  const digests = watched.map(({ digest }) => digest);
  const trials = new Trials(watched, digests, mutants.length);
  const chosen = proof.sample(
    mutants.length,
    flags.sample === undefined ? undefined : Number(flags.sample),
    flags.seed,
  );
  const known = flags.again ? killsOf(readKept()) : new Map();
  say(
    `${mutants.length} mutants of ${files.length} files, ${chosen.length} of them tried; ${watched.length} instances`,
  );
  const fates = [];
  for (const { by, file } of readKept()) if (by !== undefined) order.killed(by, file);
  for (const number of chosen) {
    const mutant = mutants[number];
    const fate = known.get(mutant.id) ?? (await fateOf(number, mutant, { order, trials, inLoading }));
    if (fate.by !== undefined) order.killed(fate.by, mutant.file);
    fates.push({ ...fate, ...mutant });
    if (!known.has(mutant.id) && !proof.isKilled(fate) && fate.outcome !== 'dead')
      say(`${fate.outcome.padEnd(12)} ${mutant.line} ${mutant.id}`);
    if (fates.length % 100 > 0) continue;
    keep(fates, false);
    say(`${fates.length} of ${chosen.length}: ${proof.rateText(fates)}, ${minutes()} min`);
  }
  await trials.stop();
  const whole = flags.files === '' && flags.sample === undefined;
  keep(fates, whole);
  say(proof.summary(fates));
  if (flags.files === '') {
    const sample = whole ? {} : { sample: { size: mutants.length, seed: flags.seed } };
    const facts = {
      minutes: minutes(),
      instances: watched.length,
      most: Number(flags.instances),
      again: flags.again,
      ...sample,
    };
    writeFileSync(PAGE, proof.sourceMutantsPage(fates, facts));
  }
  return proof.unexplained(fates).length === 0 ? 0 : 1;
}

const minutes = () => Math.ceil((performance.now() - started) / 60_000);

async function watch(size) {
  const thread = new Thread({ folder: path.join(build.folder, 'watch'), size });
  await answered(thread.ready());
  const result = await answered(thread.ask({ kind: 'watch' }));
  await thread.stop();
  return result;
}

/** Of the broker as it is: nothing may break. */
async function answered(promise) {
  const message = await promise;
  if (message.lost !== undefined) throw new Error(`the changed build doesn't run: ${message.message ?? message.lost}`);
  return message;
}

async function fateOf(number, mutant, { order, trials, inLoading }) {
  if (mutant.settled === 'dead') return { outcome: 'dead', ran: 0, differed: [] };
  const most = Number(flags.instances);
  if (inLoading.has(number)) return trials.fresh(number, order.ofLoaded(number).slice(0, most));
  if (!order.isReached(number)) return { outcome: 'unreached', ran: 0, differed: [] };
  const candidates = order.of(number);
  if (candidates.length === 0) return { outcome: 'same', ran: 0, differed: [] };
  return trials.trial(number, candidates.slice(0, most));
}

/** Trials one after another: in one thread, or in one of its own where the change is in what happens once. */
class Trials {
  #data;
  #options;
  #thread;
  #count = 0;

  constructor(watched, digests, size) {
    this.#data = { folder: path.join(build.folder, 'switch'), size, digests };
    this.#options = { usual: (index) => watched[index]?.milliseconds ?? 0 };
  }

  async trial(mutant, order) {
    if (this.#count >= TRIALS) await this.stop();
    if (this.#thread === undefined) {
      this.#thread = new Thread(this.#data, this.#options);
      await answered(this.#thread.ready());
      this.#count = 0;
    }
    this.#count += 1;
    const result = await this.#thread.ask({ kind: 'trial', mutant, order });
    if (result.lost === undefined) return result;
    await this.stop();
    return lost(result);
  }

  async fresh(mutant, order) {
    const thread = new Thread({ ...this.#data, active: mutant }, this.#options);
    const loaded = await thread.ready();
    const result = loaded.lost === undefined ? await thread.ask({ kind: 'trial', mutant, order }) : loaded;
    await thread.stop();
    return result.lost === undefined ? result : lost(result);
  }

  async stop() {
    await this.#thread?.stop();
    this.#thread = undefined;
  }
}

const lost = ({ lost: outcome, message }) => ({ outcome, ran: 0, differed: [], ...(message && { message }) });

function keep(fates, whole) {
  mkdirSync(path.dirname(KEPT), { recursive: true });
  const others = whole ? [] : readKept().filter(({ id }) => !fates.some((one) => one.id === id));
  writeFileSync(KEPT, JSON.stringify([...others, ...fates]));
}

function readKept() {
  try {
    return JSON.parse(readFileSync(KEPT, 'utf8'));
  } catch {
    return [];
  }
}

/** `--again` believes what an earlier run has killed. */
const killsOf = (fates) => new Map(fates.filter((fate) => proof.isKilled(fate)).map((fate) => [fate.id, fate]));

try {
  process.exitCode = await mutate();
} finally {
  build.remove();
}
