import type { RunIdentity, TargetIdentity } from '#results';
import { redactUrl, type Target } from '#target';
import type { RunCasesOptions } from './options.ts';
import type { Preflight } from './preflight.ts';

export function runIdentity(options: RunCasesOptions, seed: string): Omit<RunIdentity, 'durationMs' | 'ended'> {
  const { selection, target, startedAt = new Date().toISOString() } = options;
  const url = redactUrl(target.endpoints[0].url);
  return {
    id: `${startedAt.replace(/\D/g, '').slice(0, 14)}-${seed}`,
    startedAt,
    seed,
    command: options.command ?? `mqttspec run ${url} --seed ${seed}`,
    ...(selection === undefined || selection.trim() === '' ? {} : { selection: selection.trim() }),
  };
}

/** What preflight found, as the result tells it. */
export const identityOf = (known: Preflight): TargetIdentity => ({
  label: known.label,
  endpoints: known.endpoints,
  versions: known.versions,
  capabilities: known.records,
  settleMs: known.timing.settleMs,
  graceMs: known.timing.graceMs,
});

/** Of a target that nobody got to know: the run ended before. */
export const unknownIdentity = ({ endpoints, versions = [] }: Target, label?: string): TargetIdentity => ({
  label: label ?? `the broker at ${redactUrl(endpoints[0].url)}`,
  endpoints: endpoints.map(({ url, transport }) => ({ url: redactUrl(url), transport, roundTripMs: 0 })),
  versions,
  capabilities: [],
  settleMs: 0,
  graceMs: 0,
});
