import type { FaultTable } from './table.ts';

/** Faults of the will. */
export const WILL_FAULTS = {} as const satisfies FaultTable;
