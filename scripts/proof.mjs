// `npm run proof -- suite:connect`: proves cases; `npm run kill-matrix`, `npm run mutants -- "waive connect"`: the long ones.
import { prepareOrExit } from './prepare.mjs';

await prepareOrExit();
const { runProofCommand } = await import('../dist/src/proof/command.js');
const [command = 'proof', ...terms] = process.argv.slice(2);
process.exitCode = await runProofCommand(command, terms.join(' '), (text) => process.stdout.write(text));
