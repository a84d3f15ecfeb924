/** From files of cases to cases with ids, and from cases to instances. */
import { MQTT_VERSIONS, type MqttVersion, type RequirementKey } from '#spec';
import type { Endpoint, Transport } from '#target';
import type { Case, CaseDefinition, Instance } from './case.ts';

export type SuiteModules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** `modules` by path below `suites/` without ending: `mqtt/3.1-connect`. */
export function collectCases(modules: SuiteModules): Case[] {
  return Object.entries(modules).flatMap(([file, exports]) =>
    Object.entries(exports)
      .filter((entry): entry is [string, CaseDefinition<unknown>] => isCase(entry[1]))
      .map(([name, definition]) => {
        const suite = suiteOf(file);
        return { ...definition, id: `${suite}/${kebab(name)}`, suite, file };
      }),
  );
}

function isCase(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'verifies' in value && 'run' in value;
}

/** `mqtt/3.1-connect` → `connect`; `websocket/handshake` → `handshake`. */
export function suiteOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return name.replace(/^[\d.]+-/, '');
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
}

const isWebSocket = (transport: Transport): boolean => transport === 'ws' || transport === 'wss';

/** Which transports a case runs over. */
export function runsOver(definition: Case, transport: Transport): boolean {
  const over = definition.over ?? (verifiesWebSocket(definition) ? 'websocket' : 'any');
  return over === 'any' || (over === 'websocket') === isWebSocket(transport);
}

function verifiesWebSocket(definition: Case): boolean {
  return definition.verifies.transport?.some((key) => key.startsWith('ws/')) ?? false;
}

/** The versions that a case claims; empty where it says nothing about MQTT. */
export function versionsOf(definition: Case): readonly MqttVersion[] {
  return MQTT_VERSIONS.filter((version) => definition.verifies[version] !== undefined);
}

/** The keys of one version with those of the transport: the most exact first. */
export function verifiedKeys(definition: Case, version: MqttVersion): RequirementKey[] {
  const own = (definition.verifies[version] ?? []).map((id) => `${version}/${id}` as RequirementKey);
  return [...own, ...(definition.verifies.transport ?? [])];
}

export function instancesOf(
  cases: readonly Case[],
  target: { readonly versions: readonly MqttVersion[]; readonly endpoints: readonly Endpoint[] },
): Instance[] {
  const newest = target.versions.at(-1) ?? '5.0';
  return cases.flatMap((definition) => {
    const claimed = versionsOf(definition);
    const versioned = claimed.length > 0;
    const versions = versioned ? claimed.filter((version) => target.versions.includes(version)) : [newest];
    const rows = definition.rows === undefined ? [undefined] : Object.keys(definition.rows);
    return target.endpoints
      .filter((endpoint) => runsOver(definition, endpoint.transport))
      .flatMap((endpoint) =>
        versions.flatMap((version) =>
          rows.map((row) =>
            instance(definition, { version, versioned, endpoint, ...(row === undefined ? {} : { row }) }),
          ),
        ),
      );
  });
}

function instance(definition: Case, part: Pick<Instance, 'version' | 'versioned' | 'endpoint' | 'row'>): Instance {
  const { transport } = part.endpoint;
  const where = part.versioned ? `${part.version}/${transport}` : transport;
  const id = `${definition.id}${part.row === undefined ? '' : `[${part.row}]`}@${where}`;
  return { ...part, id, case: definition, transport, verifies: verifiedKeys(definition, part.version) };
}
