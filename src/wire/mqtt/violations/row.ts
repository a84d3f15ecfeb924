import type { RequirementKey } from '#spec';

/** The requirements of both versions (the key says which) that a violation by this sender breaks. */
export interface BySender {
  readonly client?: readonly RequirementKey[];
  readonly server?: readonly RequirementKey[];
}

export interface ViolationRow extends BySender {
  /** What a 5.0 server answers. */
  readonly reasonCode: number;
  /** What decoding does where the violation is tolerated. Absent: it can't go on. */
  readonly recovery?: string;
  /** More exact requirements: by the name of the field, or by the packet type (`WILL` for the will's properties). */
  readonly exact?: Readonly<Record<string, BySender>>;
}

export type ViolationTable = Readonly<Record<string, ViolationRow>>;
