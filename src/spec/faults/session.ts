import type { FaultTable } from './table.ts';

/** Faults of sessions, takeover and resumption. */
export const SESSION_FAULTS = {} as const satisfies FaultTable;
