/** Which brokers `run --broker NAME` could start here. Starts none. */
import { CATALOGUE } from './catalogue.ts';
import { npmPackage, program } from './place.ts';

export interface LocalAvailability {
  readonly name: string;
  readonly title: string;
  readonly installed: boolean;
  /** Where it can be had from. */
  readonly install: string;
}

/** Of each broker that can run as a process of this machine. */
export function localAvailability(): LocalAvailability[] {
  const place = { folder: '', ports: { ws: 0, tcp: 0 }, spare: [], program, npmPackage };
  return CATALOGUE.flatMap(({ name, title, local }) =>
    local === undefined ? [] : [{ name, title, installed: local.prepare(place) !== undefined, install: local.install }],
  );
}

/** Undefined where a container engine answers, else why none does. */
export async function containerEngineMissing(): Promise<string | undefined> {
  const { engineMissing } = await import('./engine.ts');
  return engineMissing();
}
