import { LazyMap } from './lazy-map.ts';
import { sourceLink, standardLink } from './links.ts';
import { RULES_311 } from './mqtt-3.1.1/rules.ts';
import { STATEMENTS_311 } from './mqtt-3.1.1/statements.ts';
import { RULES_50 } from './mqtt-5.0/rules.ts';
import { STATEMENTS_50 } from './mqtt-5.0/statements.ts';
import type { ClauseRow, RuleTable, StatementRow, StatementTable, TransportTable } from './rows.ts';
import { TRANSPORT } from './transport/index.ts';
import { MQTT_VERSIONS } from './types.ts';
import type { MqttVersion, Requirement, RequirementKey, Statement, StatementKey } from './types.ts';

const STATEMENT_TABLES = { '3.1.1': STATEMENTS_311, '5.0': STATEMENTS_50 } satisfies Record<
  MqttVersion,
  StatementTable
>;
const RULE_TABLES = { '3.1.1': RULES_311, '5.0': RULES_50 } satisfies Record<MqttVersion, RuleTable>;

/** All that is judged: statements without clauses, clauses, rules, transport; in the order of the standards. */
export const REQUIREMENTS: ReadonlyMap<RequirementKey, Requirement> = new LazyMap(() => {
  const all = [...MQTT_VERSIONS.flatMap((version) => [...judged(version), ...rules(version)]), ...transport()];
  return new Map(all.map((one) => [one.key, one]));
});

/** All numbered statements, also those that are judged by their clauses only. */
export const STATEMENTS: ReadonlyMap<StatementKey, Statement> = new LazyMap(() => {
  const all = MQTT_VERSIONS.flatMap((version) => statements(version));
  return new Map(all.map((one) => [one.key, one]));
});

/** The requirement of this key. Throws a TypeError on a key that does not exist, which only untyped input can hold. */
export function requirement(key: RequirementKey): Requirement {
  const found = REQUIREMENTS.get(key);
  if (found === undefined) throw new TypeError(`no requirement has the key ${key}`);
  return found;
}

function statements(version: MqttVersion): Statement[] {
  const table: StatementTable = STATEMENT_TABLES[version];
  return Object.entries(table).map(([id, row]) => ({
    ...place(version, id),
    ...judgement(row),
    ...(row.title === undefined ? {} : { title: row.title }),
    key: `${version}/${id}` as StatementKey,
    clauses: Object.keys(row.clauses ?? {}).map((slug) => `${version}/${id}#${slug}` as RequirementKey),
  }));
}

function judged(version: MqttVersion): Requirement[] {
  const table: StatementTable = STATEMENT_TABLES[version];
  return Object.entries(table).flatMap(([id, row]): Requirement[] => {
    if (row.clauses === undefined) return [{ ...ofVersion(version, id, row), kind: 'statement' }];
    const statement = `${version}/${id}` as StatementKey;
    return Object.entries(row.clauses).map(([slug, clause]) => ({
      ...ofVersion(version, `${id}#${slug}`, clause),
      kind: 'clause',
      statement,
    }));
  });
}

function rules(version: MqttVersion): Requirement[] {
  const table: RuleTable = RULE_TABLES[version];
  return Object.entries(table).map(([id, row]) => ({
    ...ofVersion(version, id, row),
    kind: 'rule',
    expected: row.expected,
  }));
}

function transport(): Requirement[] {
  const table: TransportTable = TRANSPORT;
  return Object.entries(table).map(([key, row]) => ({
    ...judgement(row),
    title: row.title,
    key: key as RequirementKey,
    id: key,
    kind: 'transport',
    section: row.source,
    group: groupOf(key),
    expected: row.expected,
    how: row.how,
    link: sourceLink(row.source),
  }));
}

/** Where the group has a longer name than the key. */
const GROUPS: Readonly<Record<string, string>> = {
  frame: 'framing',
  fragment: 'fragmentation',
  ping: 'control',
  pong: 'control',
};

/** `ws/upgrade/accept-key` → `upgrade`, `tls/alpn/unknown` → `tls`, `cert/client-expired` → `cert`. */
function groupOf(key: string): string {
  const [layer = key, part = layer] = key.split('/');
  return layer === 'ws' ? (GROUPS[part] ?? part) : layer;
}

/** `MQTT-3.1.2-24#close` and `R-3.1.2.11.2-1` begin with their section. */
const SECTION = /^(?:MQTT|R)-([\d.]+)-\d+/;

function place(version: MqttVersion, id: string) {
  const section = sectionOf(SECTION.exec(id)?.[1] ?? '');
  return { id, version, section, link: standardLink(version, section) };
}

function ofVersion(version: MqttVersion, id: string, row: ClauseRow) {
  return { ...place(version, id), ...judgement(row), title: row.title, key: `${version}/${id}` as RequirementKey };
}

/** Statements of a chapter's introduction are numbered `3.1.0-1`; the section itself is `3.1`. */
function sectionOf(numbered: string): string {
  return numbered.replace(/\.0$/, '');
}

function judgement({ level, subject = 'server', observable = 'yes', needs = [] }: ClauseRow | StatementRow) {
  return { level, subject, observable, needs };
}
