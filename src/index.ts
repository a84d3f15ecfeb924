/** The package: what the command line does, for programs. */
export { explain, list, report, run, startReferenceBroker, UntestableError, UsageError, writeReports } from '#app';
export type {
  Explanation,
  ListedAlteration,
  ListedCase,
  ListedRequirement,
  ListName,
  Lists,
  ReferenceBrokerOptions,
  ReportFormat,
  ReportOptions,
  RunOptions,
} from '#app';
export type {
  Conclusion,
  Finding,
  InstanceResult,
  RunEvent,
  RunListener,
  RunResult,
  TargetIdentity,
  ToolIdentity,
} from '#results';
export { listProfiles, load, loadMerge } from '#app';
export type { ListedParameter, ListedProfile, LoadEngineName, LoadEvent, LoadRunOptions } from '#app';
export type { HistogramData, LoadResult } from '#results';
export type { FaultName, Level, MqttVersion, RequirementKey, VariantName, Verdict } from '#spec';
