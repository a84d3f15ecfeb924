/** What the runner would learn from a CONNACK before the first case. */
import type { VirtualClock } from '#io';
import type { Capabilities } from '#kit';
import type { Dial } from '#net';
import { encode, PacketReader, type Connack } from '#wire';
import { LAB_TARGET } from './lab-target.ts';

const WAIT_MS = 30_000;

export async function capabilitiesOf(clock: VirtualClock, dial: Dial): Promise<Capabilities> {
  const [, tcp = LAB_TARGET.endpoints[0]] = LAB_TARGET.endpoints;
  const dialled = await dial(tcp, new AbortController().signal);
  if (!dialled.ok) return {};
  const { duplex } = dialled;
  const reader = new PacketReader({ from: 'server', version: '5.0' });
  const connack = await new Promise<Connack | undefined>((resolve) => {
    clock.after(WAIT_MS, () => resolve(undefined));
    duplex.listen({
      data(bytes) {
        for (const event of reader.push(bytes)) {
          if (event.kind === 'packet' && event.packet.type === 'CONNACK') resolve(event.packet);
        }
      },
      ended: () => resolve(undefined),
      closed: () => resolve(undefined),
    });
    duplex.write(
      encode(
        { type: 'CONNECT', protocolName: 'MQTT', protocolLevel: 5, cleanStart: true, keepAlive: 60, clientId: 'lab' },
        '5.0',
      ),
    );
  });
  duplex.reset();
  const { receiveMaximum, maximumQos, maximumPacketSize } = connack?.properties ?? {};
  return {
    ...(receiveMaximum !== undefined && { receiveMaximum }),
    ...(maximumQos !== undefined && { maximumQos }),
    ...(maximumPacketSize !== undefined && { maximumPacketSize }),
  };
}
