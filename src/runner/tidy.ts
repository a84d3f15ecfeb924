import { anySignal, type SeededRandom } from '#io';
import type { Leftovers } from '#kit';
import type { SessionOptions } from '#net';
import type { RunListener } from '#results';
import type { MqttVersion } from '#spec';
import { cleanUp } from './clean-up.ts';
import { RUN_LIMITS } from './limits.ts';
import type { RunCasesOptions } from './options.ts';
import { sessionOptions, type Preflight } from './preflight.ts';

/** After an interruption too, but bounded by a time of its own. */
export async function tidy(
  leftovers: Leftovers,
  known: Pick<Preflight, 'versions'>,
  options: Pick<RunCasesOptions, 'target' | 'clock' | 'dial'> & {
    readonly random: SeededRandom;
    readonly tell: RunListener;
  },
): Promise<void> {
  if (leftovers.sessions.size + leftovers.retained.size === 0) return;
  const controller = new AbortController();
  const limitMs = RUN_LIMITS.cleanUpMs + leftovers.sessions.size * RUN_LIMITS.cleanUpSessionMs;
  const timer = options.clock.after(limitMs, () => controller.abort());
  const signal = anySignal(controller.signal);
  let count = 0;
  const session = (version: MqttVersion): SessionOptions => {
    count += 1;
    return { ...sessionOptions({ ...options, signal }, version, `tidy${count}`), within: 2_000 };
  };
  const newest = known.versions.at(-1) as MqttVersion;
  const left = await cleanUp(leftovers, options.target.endpoints[0], session, newest);
  timer.cancel();
  if (left.sessions + left.retained === 0) return;
  const message = `${left.sessions} sessions and ${left.retained} retained messages of this run could not be taken away`;
  options.tell({ type: 'note', message });
}
