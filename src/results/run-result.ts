/** `RunResult`: what a conformance run found. The truth of which every report is a pure function. */
import type { Level, MqttVersion, RequirementKey, Verdict } from '#spec';
import type { Transcript } from '#wire';
import type { Transport } from '#target';

export const RUN_RESULT_FORMAT = 'mqttspec/run-result/1';

export interface RunResult {
  readonly format: typeof RUN_RESULT_FORMAT;
  readonly tool: ToolIdentity;
  readonly run: RunIdentity;
  readonly target: TargetIdentity;
  readonly cases: readonly InstanceResult[];
  readonly conclusion: Conclusion;
}

export interface ToolIdentity {
  readonly name: 'mqttspec';
  readonly version: string;
  /** Changes whenever cases change: results with different suites compare only in part. */
  readonly suiteVersion: string;
  readonly node: string;
}

export interface RunIdentity {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: string;
  /** The command that repeats this run, secrets left out. */
  readonly command: string;
  /** The selection as typed; absent: everything. */
  readonly selection?: string;
  /** Why the run ended before its end. */
  readonly ended?: 'interrupted' | 'broker-down' | 'time-limit';
}

export interface EndpointIdentity {
  readonly url: string;
  readonly transport: Transport;
  /** `TLSv1.3 TLS_AES_256_GCM_SHA384`. */
  readonly tls?: string;
  /** What the 101 selected. */
  readonly subprotocol?: string;
  /** Of CONNECT to CONNACK, calibrated. */
  readonly roundTripMs: number;
}

/** What is known of one capability from each source; where they disagree the report says so. */
export interface CapabilityRecord {
  readonly name: string;
  readonly declared?: string;
  readonly advertised?: string;
  readonly probed?: string;
}

export interface TargetIdentity {
  /** As the broker calls itself, or as the user named it: `Mosquitto 2.0.11`. */
  readonly label: string;
  readonly endpoints: readonly EndpointIdentity[];
  readonly versions: readonly MqttVersion[];
  readonly capabilities: readonly CapabilityRecord[];
  /** Milliseconds after which a subscription or a retained message has taken effect. */
  readonly settleMs: number;
  /** Milliseconds that the broker is given to close, to answer. */
  readonly graceMs: number;
}

/** A thing that was found, with the requirement that it concerns. */
export interface Finding {
  readonly requirement: RequirementKey;
  readonly level: Level;
  /** What this finding alone makes of the instance. */
  readonly verdict: 'fail' | 'warn' | 'observed' | 'inconclusive' | 'error';
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  /** Milliseconds since the instance began. */
  readonly at: number;
  /** `deadline`: the only evidence is that nothing came in time. */
  readonly evidence: 'wire' | 'deadline';
  readonly by: 'case' | 'referee';
  /** Index into `transcript.entries`. */
  readonly entry?: number;
}

/** One line of the story that the body told. */
export interface Step {
  readonly at: number;
  readonly title: string;
  readonly outcome: 'done' | 'failed' | 'not-reached';
  readonly detail?: string;
}

/** What a page looked like. */
export interface Picture {
  readonly title: string;
  readonly mediaType: 'image/jpeg' | 'image/png';
  /** Base64. */
  readonly data: string;
}

export interface InstanceResult {
  /** `connect/second-connect@5.0/ws`, `topics/match[plus-level]@3.1.1/ws`. */
  readonly instance: string;
  /** `connect/second-connect`. */
  readonly id: string;
  readonly row?: string;
  /** Absent for cases that send no MQTT. */
  readonly version?: MqttVersion;
  readonly transport: Transport;
  readonly suite: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** Why it was skipped, not run, inconclusive; what was observed. */
  readonly reason?: string;
  readonly verifies: readonly RequirementKey[];
  readonly expected?: string;
  readonly actual?: string;
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  readonly transcript?: Transcript;
  /** Of cases in a browser that somebody has to look at. */
  readonly pictures?: readonly Picture[];
  readonly startedMs: number;
  readonly durationMs: number;
  /** How often it ran: 2 and more where a deadline verdict was confirmed. */
  readonly attempts: number;
}

export interface Conclusion {
  /** Exit code of DESIGN.md. */
  readonly exitCode: number;
  /** `Mosquitto 2.0.11 does not conform: 2 of 195 applicable MUST requirements violated`. */
  readonly sentence: string;
  readonly counts: { readonly [V in Verdict]: number };
  /** Requirements of MUST level: exercised, violated, and all that the selection could touch. */
  readonly must: { readonly exercised: number; readonly violated: number; readonly applicable: number };
  readonly should: { readonly exercised: number; readonly violated: number };
  /** What was left out and why: `destructive cases (target is not loopback)`. */
  readonly leftOut: readonly string[];
}
