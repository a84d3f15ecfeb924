/** A real container engine starts a real Mosquitto. The image is made where none can be pulled (`.ci/container-engine`). */
import { expect, it } from 'vitest';
import { realClock } from '#io';
import { socketDial } from '#net';
import { parseTarget } from '#target';
import { startCatalogued } from './index.ts';

const image = process.env['MQTTSPEC_TEST_IMAGE'];
const clock = realClock();

it('starts Mosquitto in a container, without an entry point in its image', { timeout: 120_000 }, async (context) => {
  if (image === undefined) {
    if (process.env['CI'] === 'true' && process.getuid?.() === 0)
      throw new Error('MQTTSPEC_TEST_IMAGE must be set in CI');
    return context.skip('MQTTSPEC_TEST_IMAGE names no image: .ci/container-engine makes one');
  }
  const broker = await startCatalogued('mosquitto', clock, { image });
  try {
    const target = parseTarget({ url: broker.wsUrl, also: [broker.tcpUrl] });
    for (const endpoint of target.endpoints) {
      const dialled = await socketDial(target, clock)(endpoint, AbortSignal.timeout(5_000));
      expect(dialled.ok).toBe(true);
      if (dialled.ok) dialled.duplex.reset();
    }
    expect(await broker.log()).toContain('mosquitto version');
  } finally {
    await broker.stop();
  }
});
