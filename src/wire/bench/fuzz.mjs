// `npm run fuzz:codec -- --count 5000000 [--seed 7]`: the fuzz test of the codec with other numbers; without a seed a new one each time.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { count: { type: 'string', default: '5000000' }, seed: { type: 'string' } } });
const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
const env = { ...process.env, MQTTSPEC_FUZZ_COUNT: values.count, MQTTSPEC_FUZZ_SEED: seed };
const vitest = new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url).pathname;
const { status } = spawnSync(process.execPath, [vitest, 'run', 'src/wire/mqtt/fuzz.test.ts'], {
  env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
