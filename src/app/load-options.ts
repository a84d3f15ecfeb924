/** What a load run is given, by the command line or by a program. */
import type { LoadResult } from '#results';
import type { LoadProgress } from '#load';
import type { TargetInput } from '#target';

export const LOAD_ENGINES = ['embedded', 'k6', 'xk6-mqtt'] as const;
export type LoadEngineName = (typeof LOAD_ENGINES)[number];

export interface LoadRunOptions extends Omit<TargetInput, 'url' | 'pki' | 'also' | 'declared' | 'versions'> {
  /** A name of `load list`, a published name such as `p2p-1K-1K-1K-1K`, or the path of a JSON file. */
  readonly profile: string;
  /** `ws://localhost:9001/mqtt`; absent: the bundled reference broker, in another process. */
  readonly url?: string;
  /** Further doors to the same broker: the profile runs over each in turn, for comparison. */
  readonly also?: readonly string[];
  /** As typed: `pairs=50`. */
  readonly set?: readonly string[];
  /** As typed: `message_latency: p(99)<50`. */
  readonly thresholds?: readonly string[];
  /** As typed, like `thresholds`: the run is stopped as soon as one is crossed. */
  readonly stopOn?: readonly string[];
  readonly version?: string;
  readonly engine?: LoadEngineName;
  /** Path of a k6 binary, for the engines that need one. */
  readonly k6?: string;
  /** How often over each door. Default 1. */
  readonly repeat?: number;
  /** Threads of the embedded engine; 0: in this thread. Default: as many as the load needs. */
  readonly workers?: number;
  /** Offer permessage-deflate on each WebSocket. Default: no. */
  readonly deflate?: boolean;
  /** Local addresses to connect from. */
  readonly sources?: readonly string[];
  /** `[HOST:]PORT` where Prometheus may read the run while it goes on; without a host on loopback only. */
  readonly prometheus?: string;
  /** A folder of `certs make`: each client has one of its valid certificates. */
  readonly pki?: string;
  /** What the reports call the broker. Default: what it says of itself. */
  readonly label?: string;
  readonly command?: string;
  readonly signal?: AbortSignal;
  /** 130 or 143, once the signal came from outside. */
  readonly signalled?: () => number | undefined;
  readonly onEvent?: (event: LoadEvent) => void;
}

export type LoadEvent =
  | { readonly type: 'note'; readonly message: string }
  | {
      readonly type: 'start';
      readonly profile: string;
      readonly title: string;
      readonly url: string;
      readonly label: string;
      readonly clients: number;
      /** Seconds that the stages ask for. */
      readonly seconds: number;
      /** From 1; `runs` in all. */
      readonly run: number;
      readonly runs: number;
    }
  | { readonly type: 'progress'; readonly progress: LoadProgress }
  | { readonly type: 'end'; readonly result: LoadResult };
