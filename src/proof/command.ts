/** The commands of authors: `proof`, `kill-matrix`, `mutants`. */
import { mutants, TLS_FAULT_NAMES } from '#broker';
import { instancesOf, type Case } from '#kit';
import { parseSelection, selectableInstance } from '#runner';
import { FAULTS, type FaultName } from '#spec';
import { CASES } from '#suites';
import { prospects, type Prospect } from './foresee.ts';
import { killMatrixPage } from './kill-matrix-page.ts';
import { killMatrix, killMatrixSummary, killRowText } from './kill-matrix.ts';
import { LAB_DOORS } from './lab-target.ts';
import { fateOf, fateRowText, fatesSummary, staleEntries, type FateRow } from './mutant-fate.ts';
import { provableCases, prove, type Check } from './prove.ts';
import { reachOf } from './reach.ts';
import { proofText } from './report.ts';

export interface ProofOutput {
  /** What the terminal shows. */
  readonly write: (text: string) => void;
  /** The page of the documentation, where all faults were tried. */
  readonly killMatrix: (page: string) => void;
}

type Write = ProofOutput['write'];

/**
 * `proof <selection>` proves the selected cases, about half a second each; `kill-matrix <part of a fault's name>` and
 * `mutants <part of a mutant's id>` run all cases against them, some minutes for all. Gives the exit code.
 */
export async function runProofCommand(command: string, words: string, output: ProofOutput): Promise<number> {
  const { write } = output;
  if (command === 'kill-matrix') return killMatrixCommand(words, output);
  if (command === 'mutants') return mutantsCommand(words, write);
  return proofCommand(words, write);
}

async function proofCommand(words: string, write: Write): Promise<number> {
  const cases = selected(words);
  if (cases.length === 0) {
    write(`nothing to prove: no case that runs in memory matches "${words}"\n`);
    return 2;
  }
  const checks: Check[] = [];
  for (const each of cases) checks.push(...(await prove(each)));
  write(proofText(checks));
  return checks.every(({ ok }) => ok) ? 0 : 1;
}

/** A selection of the runner's grammar; a bare word is a part of an id too. */
function selected(words: string): Case[] {
  const { matches } = parseSelection(words);
  return provableCases(CASES).filter((each) =>
    instancesOf([each], LAB_DOORS).some((instance) => matches(selectableInstance(instance))),
  );
}

async function killMatrixCommand(words: string, { write, killMatrix: publish }: ProofOutput): Promise<number> {
  const started = performance.now();
  // What shows over TLS only is proved over sockets.
  const faults = (Object.keys(FAULTS) as FaultName[]).filter(
    (name) => name.includes(words) && !TLS_FAULT_NAMES.includes(name),
  );
  const cases = provableCases(CASES);
  const rows = await killMatrix(cases, { faults, onRow: (row) => write(killRowText(row)) });
  const seconds = secondsSince(started);
  write(`\n${killMatrixSummary(rows)}\n${seconds.toFixed(0)} s\n`);
  if (words === '') {
    const instances = instancesOf(cases, LAB_DOORS).length;
    publish(killMatrixPage(rows, { cases: cases.length, instances, seconds }));
  }
  return rows.every(({ caughtBy }) => caughtBy.length > 0) ? 0 : 1;
}

async function mutantsCommand(words: string, write: Write): Promise<number> {
  const started = performance.now();
  const cases = provableCases(CASES);
  const chosen = mutants().filter(({ id }) => id.includes(words));
  const alterations = Object.fromEntries(chosen.map(({ id, alteration }) => [id, alteration]));
  const reach = await reachOf(cases);
  const foreseen: Prospect[] = [];
  for (const each of cases) foreseen.push(...(await prospects(instancesOf([each], LAB_DOORS), alterations)));
  const rows: FateRow[] = [];
  for (const mutant of chosen) {
    const row = await fateOf(mutant, foreseen, reach);
    rows.push(row);
    write(fateRowText(row));
  }
  write(`${fatesSummary(rows)}${secondsSince(started).toFixed(0)} s\n`);
  const unknown = rows.some(({ fate }) => fate.kind === 'open' && !fate.known);
  return unknown || staleEntries(rows).length > 0 ? 1 : 0;
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;
