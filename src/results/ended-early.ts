import type { LoadRun } from './load-result.ts';
import type { RunIdentity } from './run-result.ts';

/** What the sentence of a conclusion says of a run that did not come to its end; nothing of one that did. */
export function endedEarly(ended: RunIdentity['ended'] | LoadRun['ended']): string {
  switch (ended) {
    case 'interrupted':
      return '; interrupted before the end';
    case 'broker-down':
      return '; the broker went down before the end';
    case 'time-limit':
      return '; the time was over before the end';
    case 'stopped':
      return '; stopped by a criterion before the end';
    case undefined:
      return '';
  }
}
