/** What proves the suites. */
export {
  IMPOSTORS,
  SAMPLED,
  type Impostor,
  type ImpostorName,
  type World as ImpostorWorld,
} from './impostors/index.ts';
export { isCaught } from './judge.ts';
export { killMatrix, killMatrixSummary, killRowText, type KillMatrixOptions, type KillRow } from './kill-matrix.ts';
export { configurationFor, labLacks } from './lab-offers.ts';
export { memoryLab, type Lab, type LabOptions, type LabRunOptions } from './lab.ts';
export { LAB_DOORS, LAB_ORIGINS, LAB_TARGET } from './lab-target.ts';
export { fateOf, fateRowText, fatesSummary, staleEntries, type Fate, type FateRow } from './mutant-fate.ts';
export { provableCases, prove, WORLDS, type Check, type ProofOptions, type World } from './prove.ts';
export { isReached, reachOf, type Reach } from './reach.ts';
export { caseText, proofSummary } from './report.ts';
