/** Load on k6: running a plan, exporting it, joining what runners have left. */
export { cannot, refuseWhatK6Cannot, type Asked, type K6Engine } from './can-carry.ts';
export { ourExitCode } from './exit-code.ts';
export { findK6, HOW_TO_GET_K6, k6Path, type FoundK6 } from './find-k6.ts';
export { K6Error, type K6ErrorCode } from './k6-error.ts';

export { RecordsError, type RecordsErrorCode } from './join-records.ts';
export { isK6Log, mergeK6Logs } from './merge-logs.ts';
export { runOnK6, type K6RunOptions } from './run-on-k6.ts';
export { scriptFile } from './script-text.ts';
export { RecordLinesError } from './shared/record-lines.ts';
export { exportManifest, DEFAULT_IMAGE, type ManifestOptions } from './export-manifest.ts';
export { exportScript, type ExportOptions } from './export-script.ts';
