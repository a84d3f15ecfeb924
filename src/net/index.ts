export { socketDial } from './dial.ts';
export type { Dial, DialFailure, DialResult } from './dial.ts';
export type { TlsSession } from './dial-tls.ts';
export type * from './events.ts';
export { Recorder, TRANSCRIPT_LIMITS } from './recorder.ts';
export type { RecordInput } from './recorder.ts';
export { alertName, alertNumber } from './tls-alert.ts';
export { frameSummary, Wire } from './wire.ts';
export type { WireOptions } from './wire.ts';
