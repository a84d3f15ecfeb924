/** Bounds of the reference broker as they are typed: `receiveMaximum=5`. */
import type { Limits } from '#broker';
import { UsageError } from './errors.ts';
import { nearest } from './nearest.ts';

const EXAMPLE = 'for example: --limits receiveMaximum=5,retainAvailable=false';

/** `defaults` says which bounds there are, and whether each is a number or a yes or no. Throws `UsageError`. */
export function parseLimits(words: readonly string[], defaults: Limits): Partial<Limits> {
  return Object.fromEntries(words.map((word) => parseLimit(word, defaults)));
}

function parseLimit(word: string, defaults: Limits): readonly [string, number | boolean] {
  const [name = '', text, ...more] = word.split('=');
  if (text === undefined || more.length > 0) throw new UsageError(`--limits '${word}' is no name=value`, EXAMPLE);
  if (!Object.hasOwn(defaults, name)) {
    const names = Object.keys(defaults);
    throw new UsageError(
      `there is no limit '${name}'`,
      `did you mean ${nearest(name, names)}? All of them: ${names.join(', ')}`,
    );
  }
  if (typeof defaults[name as keyof Limits] === 'boolean') {
    if (text !== 'true' && text !== 'false') throw new UsageError(`--limits ${name} is true or false`, EXAMPLE);
    return [name, text === 'true'];
  }
  const value = Number(text);
  const most = MOST[name] ?? Number.MAX_SAFE_INTEGER;
  if (text.trim() === '' || !Number.isInteger(value) || value < (LEAST[name] ?? 0) || value > most) {
    throw new UsageError(`--limits ${name} takes a whole number from ${LEAST[name] ?? 0} to ${most}`, EXAMPLE);
  }
  return [name, value];
}

/** What the field of CONNACK can say (5.0 §3.2.2.3), and where 0 would be a Protocol Error. */
const MOST: Readonly<Record<string, number>> = {
  receiveMaximum: 65_535,
  maximumPacketSize: 268_435_460,
  topicAliasMaximum: 65_535,
  maximumQos: 2,
  serverKeepAlive: 65_535,
  maximumSessionExpiry: 0xffff_ffff,
};
const LEAST: Readonly<Record<string, number>> = { receiveMaximum: 1, maximumPacketSize: 1, inflight: 1, sessions: 1 };
