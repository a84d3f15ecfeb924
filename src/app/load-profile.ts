/** Profiles by name, by published name, or out of a file. */
import { randomBytes } from 'node:crypto';
import type { PlanSettings, Profile } from '#load';
import type { Target } from '#target';
import { UsageError } from './errors.ts';
import type { LoadRunOptions } from './load-options.ts';
import { textOf } from './text-of.ts';

/** A path has a slash or ends in `.json`; everything else is a name. Throws `UsageError`. */
export async function profileOf(word: string): Promise<Profile> {
  const { parseProfile, profileNamed } = await import('#load');
  return asUsage(async () => {
    if (!/[/\\]|\.json$/.test(word)) return profileNamed(word);
    return parseProfile(await json(word), word);
  });
}

async function json(path: string): Promise<unknown> {
  const text = await textOf(path, 'a profile is a JSON file');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}`);
  }
}

/** Errors of profiles in the words of this folder. */
export async function asUsage<T>(act: () => T | Promise<T>): Promise<T> {
  const { ProfileError } = await import('#load');
  try {
    return await act();
  } catch (error) {
    throw error instanceof ProfileError ? new UsageError(error.message, error.hint) : error;
  }
}

/** How a profile becomes a plan for a target, with a run id of its own. Throws `UsageError` on what cannot be meant. */
export function planSettings({ set = [], thresholds = [], version }: LoadRunOptions, target: Target): PlanSettings {
  return {
    set: settings(set),
    transport: target.endpoints[0].transport,
    runId: randomBytes(4).toString('hex'),
    topicPrefix: target.topicPrefix,
    clientIdPrefix: target.clientIdPrefix,
    thresholds: expressions(thresholds, 'threshold'),
    ...(version === '3.1.1' || version === '5.0' ? { version } : {}),
  };
}

/** `pairs=50` → `['pairs', '50']`. Throws `UsageError`. */
function settings(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at > 0) return [word.slice(0, at).trim(), word.slice(at + 1).trim()];
      throw new UsageError(`--set ${word}: it takes NAME=VALUE`, 'for example: --set rate=2000');
    }),
  );
}

/** `message_latency: p(99)<50` → `{ message_latency: ['p(99)<50'] }`. Throws `UsageError`. */
export function expressions(words: readonly string[], option: string): Record<string, string[]> {
  const map: Record<string, string[]> = {};
  for (const word of words) {
    const match = /^\s*([a-z_0-9]+)\s*[:\s]\s*(.+)$/.exec(word);
    if (match === null) {
      throw new UsageError(
        `--${option} '${word}': it takes METRIC: EXPRESSION`,
        `for example: --${option} 'message_latency: p(99)<50'`,
      );
    }
    const [, metric = '', expression = ''] = match;
    (map[metric] ??= []).push(expression);
  }
  return map;
}
