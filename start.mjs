// `npm start`: prepares a clone (install, build) and then is the command `mqttspec`, in this process: arguments, exit
// codes and signals pass through, and stdout belongs to it alone. Without arguments it does the main job.
import { prepareOrExit } from './scripts/prepare.mjs';

const started = performance.now();
await prepareOrExit();
if (process.env.MQTTSPEC_TIMES !== undefined) {
  process.stderr.write(`prepared in ${Math.round(performance.now() - started)} ms\n`);
}
if (process.argv.length === 2) process.argv.push('run');
await import('./dist/src/cli/main.js');
