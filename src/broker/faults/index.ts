/** How each fault is done; does not compile without one of them. */
import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { AUTHENTICATION } from './authentication.ts';
import { CONNECT } from './connect.ts';
import { LIFECYCLE } from './lifecycle.ts';
import { LIMITS } from './limits.ts';
import { PUBLISH } from './publish.ts';
import { RETAIN } from './retain.ts';
import { SESSION } from './session.ts';
import { SUBSCRIBE } from './subscribe.ts';
import { TLS } from './tls.ts';
import { TLS_WIRE } from './tls-wire.ts';
import { WEBSOCKET } from './websocket.ts';
import { WILL } from './will.ts';

/** Those that show over TLS only. */
export const TLS_FAULT_NAMES = Object.keys({ ...TLS_WIRE, ...TLS }) as FaultName[];

export const FAULT_ALTERATIONS: Readonly<Record<FaultName, Alteration>> = {
  ...WEBSOCKET,
  ...CONNECT,
  ...AUTHENTICATION,
  ...LIMITS,
  ...PUBLISH,
  ...SUBSCRIBE,
  ...SESSION,
  ...WILL,
  ...RETAIN,
  ...LIFECYCLE,
  ...TLS_WIRE,
  ...TLS,
} satisfies Record<FaultName, Alteration>;
