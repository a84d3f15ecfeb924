/** Profiles by name, by published name, or out of a file. */
import { readFile } from 'node:fs/promises';
import type { Profile } from '#load';
import { UsageError } from './errors.ts';

/** A path has a slash or ends in `.json`; everything else is a name. Throws `UsageError`. */
export async function profileOf(word: string): Promise<Profile> {
  const { parseProfile, profileNamed } = await import('#load');
  return asUsage(async () => {
    if (!/[/\\]|\.json$/.test(word)) return profileNamed(word);
    return parseProfile(await json(word), word);
  });
}

async function json(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, 'a profile is a JSON file');
  }
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

/** `pairs=50` → `['pairs', '50']`. Throws `UsageError`. */
export function settings(words: readonly string[]): Record<string, string> {
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
