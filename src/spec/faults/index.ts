import { AUTHENTICATION_FAULTS } from './authentication.ts';
import { CONNECT_FAULTS } from './connect.ts';
import { LIFECYCLE_FAULTS } from './lifecycle.ts';
import { LIMIT_FAULTS } from './limits.ts';
import { PUBLISH_FAULTS } from './publish.ts';
import { RETAIN_FAULTS } from './retain.ts';
import { SESSION_FAULTS } from './session.ts';
import { SUBSCRIBE_FAULTS } from './subscribe.ts';
import { TLS_FAULTS } from './tls.ts';
import { TLS_WIRE_FAULTS } from './tls-wire.ts';
import type { FaultTable } from './table.ts';
import { WEBSOCKET_FAULTS } from './websocket.ts';
import { WILL_FAULTS } from './will.ts';

export type { Fault } from './table.ts';

/** All faults by name. `src/broker/faults` says how each is done, and does not compile without one of them. */
export const FAULTS = {
  ...WEBSOCKET_FAULTS,
  ...CONNECT_FAULTS,
  ...AUTHENTICATION_FAULTS,
  ...LIMIT_FAULTS,
  ...PUBLISH_FAULTS,
  ...SUBSCRIBE_FAULTS,
  ...SESSION_FAULTS,
  ...WILL_FAULTS,
  ...RETAIN_FAULTS,
  ...LIFECYCLE_FAULTS,
  ...TLS_WIRE_FAULTS,
  ...TLS_FAULTS,
} as const satisfies FaultTable;

export type FaultName = keyof typeof FAULTS;
