/** A run against a broker of the catalogue: started for it, and gone afterwards. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogued, CatalogueError, startCatalogued, type StartedBroker } from '#catalogue';
import { realClock } from '#io';
import type { RunResult } from '#results';
import { check } from './check.ts';
import { UntestableError, UsageError } from './errors.ts';
import type { RunOptions } from './run.ts';

export interface CataloguedBroker {
  /** `mosquitto`. */
  readonly name: string;
  /** As a process of this machine instead of a container. */
  readonly local?: boolean;
  /** Instead of the pinned image. */
  readonly image?: string;
}

/** Where the log of a broker goes that did not start, or did not survive. */
const LOG_FOLDER = 'mqttspec-out';

export async function checkCatalogued(options: RunOptions, wanted: CataloguedBroker): Promise<RunResult> {
  if (options.url !== undefined) throw new UsageError('a URL and --broker were both given', 'name one of them');
  const broker = await started(wanted);
  const { title, username, password, declares = [], quirks } = catalogued(wanted.name);
  try {
    for (const message of [`${broker.label} was started at ${broker.wsUrl}`, ...quirks])
      options.onEvent?.({ type: 'note', message });
    const result = await check(
      {
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        ...options,
        url: broker.wsUrl,
        also: options.also === undefined || options.also.length === 0 ? [broker.tcpUrl] : options.also,
        declared: [...declares, ...(options.declared ?? [])],
      },
      { knownAs: title, restart: () => broker.restart() },
    );
    if (result.run.ended === 'broker-down')
      options.onEvent?.({ type: 'note', message: await keepLog(wanted.name, await broker.log()) });
    return result;
  } finally {
    await broker.stop();
  }
}

async function started({ name, local, image }: CataloguedBroker): Promise<StartedBroker> {
  try {
    return await startCatalogued(name, realClock(), {
      ...(local === undefined ? {} : { local }),
      ...(image === undefined ? {} : { image }),
    });
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    if (error.code === 'UNKNOWN_BROKER' || error.code === 'NO_RECIPE') throw new UsageError(error.message);
    const hint = error.log === '' ? undefined : await keepLog(name, error.log);
    throw new UntestableError(error.message, hint);
  }
}

async function keepLog(name: string, log: string): Promise<string> {
  await mkdir(LOG_FOLDER, { recursive: true });
  const path = join(LOG_FOLDER, `${name}.log`);
  await writeFile(path, log);
  return `its log: ${path}`;
}
