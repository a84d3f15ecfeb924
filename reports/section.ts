/** Where an instance stands in every report: area, suite, and its place in the order of the standards. */
import { REQUIREMENTS, type RequirementKey } from '#spec';
import type { InstanceResult } from '#results';

const AREAS = [
  ['ws/', 'WebSocket'],
  ['tls/', 'TLS'],
  ['cert/', 'Client certificates'],
  ['3.1.1/', 'MQTT 3.1.1'],
  ['5.0/', 'MQTT 5.0'],
] as const;

export const AREA_TITLES: readonly string[] = AREAS.map(([, title]) => title);

/** The area of a requirement: its version, or the transport's layer. */
export function areaOf(key: RequirementKey): string {
  return AREAS.find(([prefix]) => key.startsWith(prefix))?.[1] ?? 'Other';
}

type Placed = Pick<InstanceResult, 'verifies' | 'suite' | 'version'>;

/** `MQTT 5.0 / connect`: a case belongs to the version that it speaks, or else to the first thing that it verifies. */
export function sectionOf({ verifies, suite, version }: Placed): string {
  const [first] = verifies;
  const own = verifies.find((key) => version !== undefined && key.startsWith(`${version}/`)) ?? first;
  return `${own === undefined ? 'Other' : areaOf(own)} / ${suite}`;
}

let ranks: ReadonlyMap<RequirementKey, number> | undefined;

/** The place of a requirement in the catalogue; what it doesn't know comes last. */
function rankOf(key: RequirementKey | undefined): number {
  ranks ??= new Map([...REQUIREMENTS.keys()].map((one, index) => [one, index]));
  return (key === undefined ? undefined : ranks.get(key)) ?? Number.MAX_SAFE_INTEGER;
}

export interface Section<T> {
  readonly name: string;
  readonly items: readonly T[];
}

/** Items by section, sections by area and by the first requirement in them, items by requirement, then by name. */
export function bySection<T>(items: readonly T[], instanceOf: (item: T) => InstanceResult): readonly Section<T>[] {
  const sorted = items
    .map((item) => ({ item, instance: instanceOf(item) }))
    .sort((a, b) => order(a.instance, b.instance));
  const sections = new Map<string, T[]>();
  for (const { item, instance } of sorted) {
    const name = sectionOf(instance);
    sections.set(name, [...(sections.get(name) ?? []), item]);
  }
  return [...sections]
    .map(([name, members]) => ({ name, items: members }))
    .sort((a, b) => areaRank(a.name) - areaRank(b.name));
}

function order(a: InstanceResult, b: InstanceResult): number {
  return rankOf(a.verifies[0]) - rankOf(b.verifies[0]) || compareText(a.instance, b.instance);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function areaRank(name: string): number {
  const rank = AREA_TITLES.findIndex((title) => name.startsWith(`${title} /`));
  return rank < 0 ? AREA_TITLES.length : rank;
}
