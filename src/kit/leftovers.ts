/** What instances leave in the broker, so that the run can take it away at its end. */
import type { MqttVersion } from '#spec';

export interface Leftovers {
  /** Client ids whose session outlives the connection. */
  readonly sessions: Map<string, MqttVersion>;
  /** Topics with a retained message. */
  readonly retained: Set<string>;
}

export const noLeftovers = (): Leftovers => ({ sessions: new Map(), retained: new Set() });
