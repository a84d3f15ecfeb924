/** What there is: cases, requirements, faults, variants, as plain objects with an `id`. */
import type { Level, MqttVersion, Need, Observable, Subject } from '#spec';
import { FAULTS, MQTT_VERSIONS, REQUIREMENTS, VARIANTS } from '#spec';
import type { Case } from '#kit';
import type { Transport } from '#target';
import { loadCases } from './suites.ts';

export const LISTS = ['cases', 'requirements', 'faults', 'variants'] as const;
export type ListName = (typeof LISTS)[number];

export interface ListedCase {
  readonly id: string;
  readonly title: string;
  /** Keys of requirements: `5.0/MQTT-3.1.0-2`. */
  readonly verifies: readonly string[];
  readonly caughtBy: readonly string[];
  readonly suite: string;
  readonly versions: readonly MqttVersion[];
  readonly transports: readonly Transport[];
  readonly needs: readonly Need[];
  readonly risk: 'gentle' | 'intrusive' | 'destructive';
  /** Keys of its rows; empty where it is one behaviour without a table. */
  readonly rows: readonly string[];
  /** Where it stands below `suites/`, without ending. */
  readonly file: string;
}

export interface ListedRequirement {
  /** The key: `5.0/MQTT-3.1.2-12#should`, `ws/upgrade/accept-key`. */
  readonly id: string;
  /** Null for the transport, which is the same under both. */
  readonly version: MqttVersion | null;
  readonly level: Level;
  readonly section: string;
  readonly observable: Observable;
  /** Ids of the cases that verify it. */
  readonly cases: readonly string[];
  readonly subject: Subject;
  readonly title?: string;
  readonly needs: readonly Need[];
  readonly link: string;
}

export interface ListedAlteration {
  readonly id: string;
  readonly title: string;
  /** Catalogue id of the defect or habit of real brokers that it stands for. */
  readonly standsFor?: string;
  /** Faults: the cases that must catch it. Variants: those that must observe it. */
  readonly cases: readonly string[];
}

export interface Lists {
  readonly cases: readonly ListedCase[];
  readonly requirements: readonly ListedRequirement[];
  readonly faults: readonly ListedAlteration[];
  readonly variants: readonly ListedAlteration[];
}

/** What a filter box, a table of contents or a script wants to know. Never fails. */
export async function list<Name extends ListName>(what: Name): Promise<Lists[Name]> {
  const cases = await loadCases();
  const makers: { readonly [N in ListName]: () => Promise<Lists[N]> } = {
    cases: () => listedCases(cases),
    requirements: () => listedRequirements(cases),
    faults: async () => listedFaults(cases),
    variants: async () => listedVariants(cases),
  };
  return makers[what]();
}

const TRANSPORTS = ['ws', 'wss', 'mqtt', 'mqtts'] as const satisfies readonly Transport[];

async function listedCases(cases: readonly Case[]): Promise<ListedCase[]> {
  const { runsOver, versionsOf } = await import('#kit');
  return cases.map((one) => ({
    id: one.id,
    title: one.title,
    verifies: verifiedBy(one),
    caughtBy: one.caughtBy ?? [],
    suite: one.suite,
    versions: versionsOf(one),
    transports: TRANSPORTS.filter((transport) => runsOver(one, transport)),
    needs: one.needs ?? [],
    risk: one.risk ?? 'gentle',
    rows: Object.keys(one.rows ?? {}),
    file: one.file,
  }));
}

/** Keys of all requirements that a case verifies, in either version. */
export function verifiedBy(one: Case): string[] {
  const numbered = MQTT_VERSIONS.flatMap((version) => (one.verifies[version] ?? []).map((id) => `${version}/${id}`));
  return [...numbered, ...(one.verifies.transport ?? [])];
}

async function listedRequirements(cases: readonly Case[]): Promise<ListedRequirement[]> {
  const byKey = new Map<string, string[]>();
  for (const one of cases) for (const key of verifiedBy(one)) byKey.set(key, [...(byKey.get(key) ?? []), one.id]);
  return [...REQUIREMENTS.values()].map((one) => ({
    id: one.key,
    version: one.version ?? null,
    level: one.level,
    section: one.section,
    observable: one.observable,
    cases: byKey.get(one.key) ?? [],
    subject: one.subject,
    ...(one.title === undefined ? {} : { title: one.title }),
    needs: one.needs,
    link: one.link,
  }));
}

function listedFaults(cases: readonly Case[]): ListedAlteration[] {
  const faults: Readonly<Record<string, { title: string; defect?: string }>> = FAULTS;
  return Object.entries(faults).map(([id, { title, defect }]) => ({
    id,
    title,
    ...(defect === undefined ? {} : { standsFor: defect }),
    cases: cases.filter((one) => one.caughtBy?.some((name) => name === id)).map((one) => one.id),
  }));
}

function listedVariants(cases: readonly Case[]): ListedAlteration[] {
  const variants: Readonly<Record<string, { title: string; habit?: string }>> = VARIANTS;
  return Object.entries(variants).map(([id, { title, habit }]) => ({
    id,
    title,
    ...(habit === undefined ? {} : { standsFor: habit }),
    cases: cases.filter((one) => one.observes?.some((name) => name === id)).map((one) => one.id),
  }));
}
