/** What a run tells while it goes on: the terminal, NDJSON and the recorder of results listen. */
import type { InstanceResult, RunIdentity, RunResult, TargetIdentity, ToolIdentity } from './run-result.ts';
import type { TranscriptEntry } from '#wire';

export interface PlannedInstance {
  readonly instance: string;
  readonly suite: string;
}

export type RunEvent =
  | {
      readonly type: 'run-start';
      readonly tool: ToolIdentity;
      readonly run: Pick<RunIdentity, 'id' | 'startedAt' | 'seed' | 'command' | 'selection'>;
      readonly target: TargetIdentity;
      readonly planned: readonly PlannedInstance[];
      /** Instances left out by reason: `needs shared subscriptions (CONNACK says unavailable)` → 12. */
      readonly leftOut: readonly { readonly reason: string; readonly instances: number }[];
    }
  | { readonly type: 'case-start'; readonly instance: string; readonly at: number }
  | { readonly type: 'wire'; readonly instance: string; readonly entry: TranscriptEntry }
  | { readonly type: 'case-end'; readonly result: InstanceResult }
  | { readonly type: 'note'; readonly message: string }
  | { readonly type: 'run-end'; readonly result: RunResult };

/** Each method is optional; a listener that throws must not stop the run. */
export type RunListener = (event: RunEvent) => void;
