export { kitCapabilities, type Sources } from './capabilities.ts';
export { NotTestableError, SelectionError } from './errors.ts';
export { RUN_LIMITS } from './limits.ts';
export { missingNeed, type Circumstances } from './needs.ts';
export type { RunCasesOptions } from './options.ts';
export { runCases } from './run-cases.ts';
export { selectableInstance, selectableResult } from './selectable.ts';
export { parseSelection, type Selectable, type Selection } from './selection.ts';
export { calibrated } from './timing.ts';
