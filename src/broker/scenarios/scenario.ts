import type { MqttVersion } from '#spec';
import type { Bench, BenchOptions } from './bench.ts';

/** A story of some clients and the broker, with what must come of it: a unit test, and material for the guards of the gate. */
export interface Scenario {
  /** Absent: both. */
  readonly only?: MqttVersion;
  readonly with?: BenchOptions;
  run(bench: Bench, version: MqttVersion): void | Promise<void>;
}

export type Scenarios = Readonly<Record<string, Scenario>>;
