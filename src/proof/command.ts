/** The commands of authors: `proof`, `kill-matrix`, `mutants`. */
import { mutants, TLS_FAULT_NAMES } from '#broker';
import { instancesOf, type Case } from '#kit';
import { parseSelection, selectableInstance } from '#runner';
import type { FaultName } from '#spec';
import { CASES } from '#suites';
import { conditionalFaults, conditionalSummary, conditionalText } from './conditional.ts';
import { prospects, type Prospect } from './foresee.ts';
import { killMatrixPage } from './kill-matrix-page.ts';
import { matrixCases } from './kill-matrix-source.ts';
import {
  killMatrix,
  killMatrixSummary,
  killRowText,
  killsOverTls,
  MEMORY_FAULT_NAMES,
  type KillRow,
} from './kill-matrix.ts';
import { LAB_DOORS } from './lab-target.ts';
import { fateOf, fateRowText, fatesSummary, isUnknown, staleEntries, type FateRow } from './mutant-fate.ts';
import { provableCases, prove, type Check } from './prove.ts';
import { reachOf } from './reach.ts';
import { caseText, proofSummary } from './report.ts';
import { tlsCases, type Material } from './tls-lab.ts';

export interface ProofOutput {
  /** What the terminal shows. */
  readonly write: (text: string) => void;
  /** The page of the documentation, where all faults were tried. */
  readonly killMatrix: (page: string) => void;
  /** Certificates for the faults of TLS; takes seconds. */
  readonly material: () => Promise<Material>;
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
  if (command === 'proof') return proofCommand(words, write);
  write(`there is no command "${command}": proof, kill-matrix or mutants\n`);
  return 2;
}

async function proofCommand(words: string, write: Write): Promise<number> {
  const cases = selected(words);
  if (cases.length === 0) {
    write(`nothing to prove: no case that runs in memory matches "${words}"\n`);
    return 2;
  }
  const checks: Check[] = [];
  for (const each of cases) {
    const started = performance.now();
    const ofCase = await prove(each);
    write(caseText(each.id, ofCase, secondsSince(started)));
    checks.push(...ofCase);
  }
  write(proofSummary(checks));
  return checks.every(({ ok }) => ok) ? 0 : 1;
}

/** A selection of the runner's grammar; a bare word is a part of an id too. */
function selected(words: string): Case[] {
  const { matches } = parseSelection(words);
  return provableCases(CASES).filter((each) =>
    instancesOf([each], LAB_DOORS).some((instance) => matches(selectableInstance(instance))),
  );
}

async function killMatrixCommand(
  words: string,
  { write, killMatrix: publish, material }: ProofOutput,
): Promise<number> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const wanted = (name: FaultName): boolean => name.includes(words);
  const inMemory = provableCases(CASES);
  const onRow = (row: KillRow): void => write(killRowText(row));
  const rows = await killMatrix(inMemory, { faults: MEMORY_FAULT_NAMES.filter(wanted), onRow });
  const conditional = await conditionalFaults(inMemory, rows, (row) => write(conditionalText(row)));
  const overTls = TLS_FAULT_NAMES.filter(wanted);
  if (overTls.length > 0) {
    rows.push(...(await killsOverTls(tlsCases(CASES), await material(), { faults: overTls, onRow })));
  }
  const { user, system } = process.cpuUsage(cpu);
  const took = { seconds: secondsSince(started), cpuSeconds: (user + system) / 1_000_000 };
  const times = `${took.seconds.toFixed(0)} s, ${took.cpuSeconds.toFixed(0)} s of them computing`;
  write(`\n${killMatrixSummary(rows)}\n${conditionalSummary(conditional)}\n${times}\n`);
  if (words === '') {
    const instances = instancesOf(inMemory, LAB_DOORS).length;
    const ids = inMemory.map(({ id }) => id);
    publish(killMatrixPage(rows, { cases: matrixCases(CASES), inMemory: ids, instances, conditional, ...took }));
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
  return rows.some(({ fate }) => isUnknown(fate)) || staleEntries(rows).length > 0 ? 1 : 0;
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;
