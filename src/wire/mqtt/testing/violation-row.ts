import type { MqttVersion, RequirementKey } from '#spec';
import type { Sender } from '../codec.ts';
import type { ViolationName } from '../violations.ts';

/** Bytes that break one rule; where, and which requirement it is first of all. */
export type ViolationRow = readonly [
  name: ViolationName,
  version: MqttVersion,
  from: Sender,
  hex: string,
  offset: number,
  requirement: RequirementKey | undefined,
];
