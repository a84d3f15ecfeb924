// `npm run findings -- mosquitto RESULT.json…`: the page of a broker in docs/findings, made of results and its triage.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './command.mjs';
import { pageOf, withRow } from './findings.page.mjs';

const USAGE = `Usage: npm run findings -- NAME (RESULT.json | FOLDER)…

Writes docs/findings/NAME-….md: what fails in the results, by the causes that docs/findings/triage/NAME.json names, most grave
first, and behind it docs/findings/triage/NAME.md. The last result is the one whose octets are shown; the others say how often
each failure was seen. What no cause names stands first, as not triaged. Exit codes: 0 all triaged, 1 not all, 2 wrong use.
`;

const [name, ...sources] = process.argv.slice(2);
if (name === undefined || sources.length === 0) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const folder = path.join(ROOT, 'docs', 'findings');
  const read = (file) => readFileSync(file, 'utf8');
  const triage = JSON.parse(read(path.join(folder, 'triage', `${name}.json`)));
  const results = sources.flatMap(filesOf).map((file) => JSON.parse(read(file)));
  const { page, untriaged } = pageOf(triage, results, read(path.join(folder, 'triage', `${name}.md`)));
  writeFileSync(path.join(folder, triage.page), page);
  const index = path.join(folder, 'README.md');
  writeFileSync(index, withRow(read(index), triage, results.at(-1)));
  for (const id of untriaged) process.stderr.write(`not triaged: ${id}\n`);
  process.stdout.write(`written: docs/findings/${triage.page}, of ${results.length} results\n`);
  process.exitCode = untriaged.length === 0 ? 0 : 1;
}

function filesOf(source) {
  if (!statSync(source).isDirectory()) return [source];
  const names = readdirSync(source).filter((file) => file.endsWith('.json'));
  return names.toSorted().map((file) => path.join(source, file));
}
