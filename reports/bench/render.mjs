// `npm run bench:report`: what rendering large runs costs, in CPU time. Seconds depend on the machine: nothing is asserted.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = [
  { instances: 120, brokers: 1 },
  { instances: 900, brokers: 1 },
  { instances: 400, brokers: 4 },
  { instances: 1600, brokers: 1 },
];

const { renderHtml, renderJson, renderJunit, sampleRun } = await reports();

/** The reports and the sample runs of their tests as one bundle; no build is needed first. */
async function reports() {
  const outfile = fileURLToPath(new URL(`../../node_modules/.cache/bench-report-${process.pid}.mjs`, import.meta.url));
  await build({
    stdin: {
      contents: "export * from './reports/index.ts'; export { sampleRun } from './reports/testing/sample-run.ts'",
      resolveDir: ROOT,
    },
    bundle: true,
    outfile,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    conditions: ['mqttspec-source'],
  });
  try {
    return await import(outfile);
  } finally {
    rmSync(outfile);
  }
}

/** As many as are asked for: the sample again, under other names. */
function runOf(instances, broker) {
  const sample = sampleRun({ label: `Broker ${broker + 1}`, cases: 2000, failsEach: 9 + 11 * broker });
  const cases = Array.from({ length: instances }, (_, index) => {
    const one = sample.cases[index % sample.cases.length];
    const round = Math.floor(index / sample.cases.length);
    return round === 0 ? one : { ...one, id: `${one.id}-${round}`, instance: one.instance.replace('@', `-${round}@`) };
  });
  return { ...sample, cases };
}

function cpuOf(action) {
  const before = process.cpuUsage();
  const text = action();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6, Buffer.byteLength(text)];
}

for (const { instances, brokers } of RUNS) {
  const runs = Array.from({ length: brokers }, (_, broker) => runOf(instances, broker));
  const units = runs.flatMap(({ cases }) => cases).reduce((sum, one) => sum + (one.transcript?.entries.length ?? 0), 0);
  console.log(`\n${instances} instances × ${brokers}, ${units} units of the wire`);
  const formats = {
    html: () => renderHtml(runs),
    json: () => runs.map(renderJson).join(''),
    junit: () => runs.map(renderJunit).join(''),
  };
  for (const [name, render] of Object.entries(formats)) {
    const [seconds, size] = cpuOf(render);
    console.log(
      `  ${name.padEnd(6)} ${seconds.toFixed(2).padStart(6)} s CPU  ${(size / 1000).toFixed(0).padStart(7)} kB`,
    );
  }
}
