/** Real brokers: what is known of each, and how to start them. */
import type { Clock } from '#io';
import { CATALOGUE } from './catalogue.ts';
import type { BrokerEntry } from './entry.ts';
import { CatalogueError, type StartedBroker } from './started.ts';

export { containerEngineMissing, localAvailability, type LocalAvailability } from './availability.ts';
export { CATALOGUE } from './catalogue.ts';
export type { BrokerEntry, ContainerRecipe, LocalRecipe } from './entry.ts';
export { SNIPPETS, type TlsPlaces, type TlsPorts, type TlsSnippet } from './snippets/index.ts';
export { CatalogueError, type StartedBroker } from './started.ts';

export interface StartOptions {
  /** As a process of this machine instead of a container. */
  readonly local?: boolean;
  /** Instead of the pinned image. */
  readonly image?: string;
}

/** @throws CatalogueError where there is no such name. */
export function catalogued(name: string): BrokerEntry {
  const entry = CATALOGUE.find((one) => one.name === name.toLowerCase());
  if (entry !== undefined) return entry;
  const names = CATALOGUE.map((one) => one.name).join(', ');
  throw new CatalogueError('UNKNOWN_BROKER', `the catalogue has no broker ${name}; it has ${names}`);
}

/** @throws CatalogueError with what to do. */
export async function startCatalogued(name: string, clock: Clock, options: StartOptions = {}): Promise<StartedBroker> {
  const entry = catalogued(name);
  if (options.local === true) {
    const { startLocal } = await import('./local.ts');
    return startLocal(entry, clock);
  }
  const { startContainer } = await import('./container.ts');
  return startContainer(entry, options.image);
}
