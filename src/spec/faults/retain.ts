import type { FaultTable } from './table.ts';

/** Faults of retained messages. */
export const RETAIN_FAULTS = {} as const satisfies FaultTable;
