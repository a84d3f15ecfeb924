/** What an endpoint does below MQTT; each leaves through the gate like the effects of the core. */
import type { Cause, Why } from '../why.ts';

export type EndpointEffect = {
  readonly kind: 'transport-write';
  readonly connection: number;
  readonly bytes: Uint8Array;
  readonly why: Why;
  readonly cause: Cause;
};
