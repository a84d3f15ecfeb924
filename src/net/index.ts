export type { Inbound, WireEvent } from './events.ts';
export { Recorder, TRANSCRIPT_LIMITS, type RecordInput } from './recorder.ts';
export { frameSummary, Wire, type WireOptions } from './wire.ts';
export * from './dial.ts';
