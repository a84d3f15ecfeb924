export { NotTestableError, SelectionError } from './errors.ts';
export { RUN_LIMITS } from './limits.ts';
export type { RunCasesOptions } from './options.ts';
export { runCases } from './run-cases.ts';
export { selectableInstance, selectableResult } from './selectable.ts';
export { parseSelection, type Selectable, type Selection } from './selection.ts';
