export { ENGINE_LIMITS } from './limits.ts';
export { shortage, thisMachine, type Machine, type Shortage } from './preflight.ts';
export { EngineError, runLoad, type LoadOptions, type LoadProgress } from './run-load.ts';
export type { ClientCertificate } from './contract.ts';
export type { LiveTotals } from './tally.ts';
