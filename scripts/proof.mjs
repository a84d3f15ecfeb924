// `npm run proof -- suite:connect`: proves cases; `npm run kill-matrix`, `npm run mutants -- "waive connect"`: the long ones.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './command.mjs';
import { prepareOrExit } from './prepare.mjs';

const KILL_MATRIX = path.join('docs', 'kill-matrix.md');

await prepareOrExit();
const { runProofCommand } = await import('../dist/src/proof/command.js');
const [command = 'proof', ...terms] = process.argv.slice(2);
const write = (text) => process.stdout.write(text);

async function material() {
  const { makePki } = await import('../dist/certs-gen/index.js');
  const { pkiForBroker, pkiForTarget } = await import('../dist/src/app/index.js');
  const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-proof-'));
  try {
    await makePki(folder);
    return { pki: await pkiForTarget(folder), tls: await pkiForBroker(folder, { crl: true }) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = await runProofCommand(command, terms.join(' '), {
  write,
  material,
  killMatrix(page) {
    writeFileSync(path.join(ROOT, KILL_MATRIX), page);
    write(`written: ${KILL_MATRIX}\n`);
  },
});
