// `npm run k6:types [-- K6]`: whether k6/x/mqtt of a real binary (K6_BIN, or the path given) is as load/k6/types/k6-x-mqtt.d.ts says.
// Exit code 1: it has changed, and the lines say where.
import { prepareOrExit } from '../../../scripts/prepare.mjs';

await prepareOrExit();
const { startBroker } = await import('../../../dist/src/broker/index.js');
const { findK6 } = await import('../../../dist/load/k6/find-k6.js');
const { PROBES } = await import('../../../dist/load/k6/probe/probes.js');
const { probedLine, runProbes } = await import('../../../dist/load/k6/probe/run-probes.js');

try {
  const k6 = await findK6(process.argv[2]);
  if (k6.mqttExtension === undefined) throw new Error(`${k6.path} was built without grafana/xk6-mqtt`);
  const broker = await startBroker();
  const probed = await runProbes(k6, broker.wsUrl, PROBES);
  await broker.close();
  for (const one of probed) process.stdout.write(`${probedLine(one)}\n`);
  const changed = probed.filter(({ holds }) => !holds).length;
  process.stdout.write(
    `\nk6 ${k6.version}, xk6-mqtt ${k6.mqttExtension}: ${probed.length - changed} as described, ${changed} changed\n`,
  );
  process.exitCode = changed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
  process.exitCode = 2;
}
