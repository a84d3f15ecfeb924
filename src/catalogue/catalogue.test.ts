import { describe, expect, it } from 'vitest';
import { realClock } from '#io';
import { socketDial } from '#net';
import { parseTarget } from '#target';
import { CATALOGUE, CatalogueError, catalogued, startCatalogued } from './index.ts';

const clock = realClock();

describe('the catalogue', () => {
  it('pins every image by a tag', () => {
    const images = CATALOGUE.flatMap(({ container }) => [
      ...(container === undefined ? [] : [container.image]),
      ...(container?.services ?? []).map(({ image }) => image),
    ]);
    expect(images.length).toBeGreaterThan(6);
    for (const image of images) expect(image).toMatch(/^[a-z0-9/-]+:[0-9][\w.-]*$/);
  });

  it('names what it has where it lacks a name', () => {
    expect(() => catalogued('mosqitto')).toThrow(/no broker mosqitto; it has mosquitto, emqx/);
  });
});

/** What must be there in CI; the others may be missing, and then say how they are had. */
const REQUIRED_IN_CI: readonly string[] = ['mosquitto', 'aedes'];

describe.each(CATALOGUE.filter(({ local }) => local !== undefined))('$name as a local process', ({ name, path }) => {
  it('listens on both doors, survives a restart, and is gone afterwards', { timeout: 180_000 }, async (context) => {
    const broker = await startCatalogued(name, clock, { local: true }).catch((error: unknown) => {
      const missing = error instanceof CatalogueError && error.code === 'NOT_INSTALLED';
      if (!missing || (process.env['CI'] === 'true' && REQUIRED_IN_CI.includes(name))) throw error;
      return context.skip(error.message);
    });
    expect(broker.wsUrl).toMatch(new RegExp(`^ws://127\\.0\\.0\\.1:\\d+${path}$`));
    try {
      for (const url of [broker.wsUrl, broker.tcpUrl]) expect(await dials(url)).toBe(true);
      await broker.restart();
      expect(await dials(broker.wsUrl)).toBe(true);
    } finally {
      await broker.stop();
    }
    expect(await dials(broker.wsUrl)).toBe(false);
  });
});

async function dials(url: string): Promise<boolean> {
  const target = parseTarget({ url });
  const result = await socketDial(target, clock)(target.endpoints[0], AbortSignal.timeout(5_000));
  if (result.ok) result.duplex.reset();
  return result.ok;
}
