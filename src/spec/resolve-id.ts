import { REQUIREMENTS, STATEMENTS } from './catalogue.ts';
import { MQTT_VERSIONS } from './types.ts';
import type { RequirementKey, StatementKey } from './types.ts';

/** Ids as the standard of 3.1.1 misprints them. */
const MISPRINTS: Readonly<Record<string, string>> = {
  'MQTT-3.1.2.7': 'MQTT-3.1.2-7',
  'MQTT-3.3.1.-1': 'MQTT-3.3.1-1',
  'MQTT-3-8.3-4': 'MQTT-3.8.3-4',
};

/**
 * What people mean by an id: `MQTT-3.1.0-2` is asked of both versions, `[MQTT-3.1.0-2]`, `3.1.0-2` and `mqtt-3.1.0-2` are
 * the same; a statement with clauses means all of them. Empty where nothing has that id.
 */
export function resolveId(text: string): readonly RequirementKey[] {
  const bare = text.trim().replace(/^\[(.*)\]$/, '$1');
  const [, prefix, rest = ''] = /^(3\.1\.1\/|5\.0\/)?(.*)$/.exec(bare) ?? [];
  const id = canonical(rest);
  const keys = prefix === undefined ? [id, ...MQTT_VERSIONS.map((version) => `${version}/${id}`)] : [`${prefix}${id}`];
  return keys.flatMap((key): readonly RequirementKey[] => {
    const found = REQUIREMENTS.get(key as RequirementKey);
    return found === undefined ? (STATEMENTS.get(key as StatementKey)?.clauses ?? []) : [found.key];
  });
}

function canonical(id: string): string {
  const [numbered = id, ...slug] = id.split('#');
  const upper = numbered.replace(/^(?:mqtt|r)-/i, (prefix) => prefix.toUpperCase());
  const prefixed = /^\d/.test(upper) ? `MQTT-${upper}` : upper;
  return [MISPRINTS[prefixed] ?? prefixed, ...slug].join('#');
}
