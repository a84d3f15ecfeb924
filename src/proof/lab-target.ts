/** The reference broker in memory, as a target. */
import type { Endpoint, Target } from '#target';

const WS: Endpoint = { url: 'ws://lab.invalid/mqtt', transport: 'ws', host: 'lab.invalid', port: 80, path: '/mqtt' };
const TCP: Endpoint = { url: 'mqtt://lab.invalid', transport: 'mqtt', host: 'lab.invalid', port: 1883, path: '' };

/** The list that the lab's WebSocket listener admits. */
export const LAB_ORIGINS = ['https://allowed.invalid'] as const;

export const LAB_TARGET: Target = {
  endpoints: [WS, TCP],
  credentials: {},
  headers: [['Origin', LAB_ORIGINS[0]]],
  tls: { verify: true },
  declared: ['path-bound', 'origin-list', 'tcp-listener', 'max-packet-advertised', 'slow'],
  versions: ['3.1.1', '5.0'],
  topicPrefix: '',
  clientIdPrefix: '',
  loopback: true,
};

/** What `instancesOf` wants to know. */
export const LAB_DOORS = { versions: ['3.1.1', '5.0'], endpoints: LAB_TARGET.endpoints } as const;
