// `npm run proof -- suite:connect`: proves cases; `npm run kill-matrix`, `npm run mutants -- "waive connect"`: the long ones.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './command.mjs';
import { prepareOrExit } from './prepare.mjs';

const KILL_MATRIX = path.join('docs', 'kill-matrix.md');

await prepareOrExit();
const { runProofCommand } = await import('../dist/src/proof/command.js');
const [command = 'proof', ...terms] = process.argv.slice(2);
const write = (text) => process.stdout.write(text);
process.exitCode = await runProofCommand(command, terms.join(' '), {
  write,
  killMatrix(page) {
    writeFileSync(path.join(ROOT, KILL_MATRIX), page);
    write(`written: ${KILL_MATRIX}\n`);
  },
});
