/** What was asked for, checked. */
import { isIP } from 'node:net';
import { KEY_TYPES, type KeyType } from '../der/key-types.ts';
import { PkiError } from '../errors.ts';
import { SCENARIOS } from '../table/index.ts';
import type { PkiOptions } from '../types.ts';

export const DEFAULT_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1'];
const DEFAULT_DAYS = 365;
const MOST_DAYS = 3650;
/** RFC 5280 appendix A.1, ub-common-name. */
const LONGEST_NAME = 64;
const DNS_NAME =
  /^(?=.{1,253}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

export interface CheckedOptions {
  readonly key: KeyType;
  readonly days: number;
  readonly hosts: readonly string[];
  readonly commonNames: readonly string[];
  readonly only: ReadonlySet<string> | undefined;
  readonly force: boolean;
  readonly trustable: boolean;
  readonly now: Date;
}

/** @throws PkiError OPTION */
export function checkedOptions(options: PkiOptions): CheckedOptions {
  const { key = 'ec-p256', days = DEFAULT_DAYS, hosts = DEFAULT_HOSTS, commonNames = [], only } = options;
  if (!KEY_TYPES.includes(key)) throw wrong(`there is no key type ${key}`, `known: ${KEY_TYPES.join(', ')}`);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw wrong(`certificates can't be valid for ${days} days`, `1 to ${MOST_DAYS}`);
  }
  for (const host of hosts) {
    if (!isHost(host)) throw wrong(`'${host}' is neither a DNS name nor an address`, 'without scheme, port and path');
  }
  for (const name of commonNames) {
    const length = Array.from(name).length;
    if (length < 1 || length > LONGEST_NAME || /[\0-\u{1f}\u{7f}]/u.test(name)) {
      throw wrong(`'${name}' can't be a common name`, `1 to ${LONGEST_NAME} characters, no control characters`);
    }
  }
  return {
    key,
    days,
    hosts: [...new Set(hosts)],
    commonNames: [...new Set(commonNames)],
    only: only === undefined || only.length === 0 ? undefined : selected(only),
    force: options.force === true,
    trustable: options.trustable === true,
    now: options.now ?? new Date(),
  };
}

const isHost = (host: string): boolean => (isIP(host) === 0 ? DNS_NAME.test(host) : !host.includes('%'));

/** Identifiers of scenarios, and of those whose files they use; one after another, `!` takes away. */
function selected(patterns: readonly string[]): ReadonlySet<string> {
  const allButSome = patterns.every((pattern) => pattern.startsWith('!'));
  const chosen = new Set<string>(allButSome ? SCENARIOS.map(({ id }) => id) : []);
  for (const pattern of patterns) {
    for (const id of matching(pattern)) {
      if (pattern.startsWith('!')) chosen.delete(id);
      else chosen.add(id);
    }
  }
  for (const plan of SCENARIOS) {
    if (plan.kind === 'situation' && plan.like !== undefined && chosen.has(plan.id)) chosen.add(plan.like);
  }
  return chosen;
}

function matching(pattern: string): readonly string[] {
  const literal = pattern.replace(/^!/, '').replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  const form = new RegExp(`^${literal.replaceAll('*', '.*')}$`);
  const found = SCENARIOS.filter(({ id }) => form.test(id)).map(({ id }) => id);
  if (found.length > 0) return found;
  throw wrong(`no scenario is called ${pattern}`, 'all of them: mqttspec certs list');
}

function wrong(message: string, hint: string): PkiError {
  return new PkiError('OPTION', message, hint);
}
