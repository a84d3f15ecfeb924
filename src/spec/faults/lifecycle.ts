import type { FaultTable } from './table.ts';

/** Faults of PING, keep-alive, DISCONNECT, acknowledgements and flow control. */
export const LIFECYCLE_FAULTS = {
  'no-pingresp': { title: 'never answers PINGREQ', defect: 'D-K07' },
  'never-times-out': { title: 'never ends a connection whose keep-alive has passed', defect: 'D-K01' },
  'ignores-disconnect': { title: 'goes on serving a client after its DISCONNECT' },
  'delivers-will-after-disconnect': { title: 'publishes the will of a client that sent DISCONNECT', defect: 'D-W16' },
} as const satisfies FaultTable;
