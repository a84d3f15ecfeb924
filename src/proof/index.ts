/** What proves the suites. */
export { IMPOSTORS, type Impostor, type ImpostorName, type World as ImpostorWorld } from './impostors/index.ts';
export { isCaught } from './judge.ts';
export { labLacks, memoryLab, type Lab, type LabOptions, type LabRunOptions } from './lab.ts';
export { LAB_DOORS, LAB_ORIGINS, LAB_TARGET } from './lab-target.ts';
export { provableCases, prove, WORLDS, type Check, type ProofOptions, type World } from './prove.ts';
