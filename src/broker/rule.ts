import type { RequirementKey } from '#spec';

/** A check of the reference broker that can be waived. */
export interface Rule {
  /** The requirements that it enforces. */
  readonly binds: readonly RequirementKey[];
  /** What happens where it is waived. */
  readonly recovery: string;
}
