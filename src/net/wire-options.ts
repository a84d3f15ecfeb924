/** What a wire is made of. */
import type { Clock, Duplex, RandomBytes } from '#io';
import type { MqttVersion } from '#spec';
import type { Recorder } from './recorder.ts';

export interface WireOptions {
  readonly duplex: Duplex;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly lane: number;
  readonly websocket: boolean;
  readonly version: MqttVersion;
  /** Of masking keys. */
  readonly random: RandomBytes;
}
