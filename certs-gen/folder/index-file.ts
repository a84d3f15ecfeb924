/** `index.json`: what a PKI's folder holds. */
import type { AuthorityFiles, PkiIndex, ScenarioFiles } from '../types.ts';
import { PkiError } from '../errors.ts';

export const INDEX = 'index.json';
export const FORMAT = 1;

export function indexText(index: PkiIndex): string {
  return `${JSON.stringify(index, null, 2)}\n`;
}

/** @throws PkiError where it is not an index of ours. */
export function parseIndex(text: string, directory: string): PkiIndex {
  const index = parsed(text, directory);
  if (isRecord(index) && typeof index['format'] === 'number' && index['format'] !== FORMAT) {
    const format = `${directory} has format ${index['format']}, this version reads ${FORMAT}`;
    throw new PkiError('NOT_OURS', format, HINT);
  }
  if (isIndex(index)) return index;
  throw new PkiError('NOT_OURS', `${directory}/${INDEX} is not the index of certificates that mqttspec made`, HINT);
}

const HINT = 'name another folder, or make certificates: mqttspec certs make DIR';

function parsed(text: string, directory: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new PkiError('NOT_OURS', `${directory}/${INDEX} is not JSON`, HINT);
  }
}

/** Enough of its form for everything that is done with it. */
function isIndex(value: unknown): value is PkiIndex {
  if (!isRecord(value) || value['format'] !== FORMAT) return false;
  const { authorities, crls, scenarios, hosts, companions } = value;
  return (
    ['created', 'validUntil', 'key', 'truststore', 'password'].every((name) => typeof value[name] === 'string') &&
    isTexts(hosts) &&
    isTexts(companions) &&
    isRecord(authorities) &&
    ['root', 'intermediate', 'foreign', 'lookalike'].every((name) => name in authorities) &&
    Object.values(authorities).every(isFiles) &&
    isRecord(crls) &&
    ['all', 'expired', 'wrongSigner', 'rootOnly'].every((name) => typeof crls[name] === 'string') &&
    isTexts(crls['each']) &&
    isTexts(crls['hashed']) &&
    Array.isArray(scenarios) &&
    scenarios.every((one) => isRecord(one) && typeof one['id'] === 'string' && isFiles(one['files']))
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const isFiles = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((one) => typeof one === 'string');

/** Every file that an index names, once. */
export function filesOf(index: PkiIndex): readonly string[] {
  const { authorities, crls, scenarios, truststore, companions } = index;
  const named = [
    ...Object.values(authorities).flatMap(values),
    ...scenarios.flatMap(({ files, crl }) => [...values(files), ...(crl === undefined ? [] : [crl])]),
    ...Object.values(crls).flat(),
    truststore,
    ...companions,
  ];
  return [...new Set(named)];
}

const values = (files: ScenarioFiles | AuthorityFiles): readonly string[] => Object.values(files) as string[];
