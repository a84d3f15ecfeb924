/** A broker that is no broker: no case may pass on it that it doesn't truly satisfy. */
import type { RequirementKey } from '#spec';
import type { Clock, Duplex, RandomBytes } from '#io';

export interface World {
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export interface Impostor {
  /** What it does, as a sentence whose subject is the impostor. */
  readonly about: string;
  /** What it does as the standards demand. Default: nothing. */
  readonly satisfies?: readonly RequirementKey[];
  /** It is a broker, spoilt: what passes on it has truly passed; it is there to show that nothing hangs or breaks. */
  readonly genuine?: true;
  answer(duplex: Duplex, transport: 'ws' | 'tcp', world: World): void;
}
