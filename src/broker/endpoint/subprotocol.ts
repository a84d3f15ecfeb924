/** Which subprotocol the 101 names (MQTT-6.0.0-3, MQTT-6.0.0-4; RFC 6455 §4.2.2 (5.5)). */
import type { About } from '../alteration.ts';
import type { Gate } from '../gate.ts';

export interface Selection {
  readonly refused: boolean;
  /** The value of Sec-WebSocket-Protocol; absent: no such field. */
  readonly name?: string;
  readonly served: boolean;
}

const MQTT = 'mqtt';
/** The name under which MQTT 3.1 was offered. */
const MQTT_31 = 'mqttv3.1';

export function selectProtocol(offered: readonly string[], gate: Gate, about: About): Selection {
  const has = offered.includes(MQTT);
  if (has && offered.length > 1 && !gate.decide('ws.mqtt-offered-among-others', true, about)) return REFUSED;
  const name = named(offered, gate, about);
  if (has || name !== undefined) return { refused: false, served: true, ...(name !== undefined && { name }) };
  if (offered.includes(MQTT_31) && gate.decide('ws.mqttv3.1', 'refuse', about) === 'select') {
    return { refused: false, served: true, name: MQTT_31 };
  }
  const choice = gate.decide('ws.mqtt-not-offered', 'refuse', about);
  return choice === 'refuse' ? REFUSED : { refused: false, served: choice === 'serve' };
}

const REFUSED: Selection = { refused: true, served: false };

function named(offered: readonly string[], gate: Gate, about: About): string | undefined {
  const has = offered.includes(MQTT);
  switch (gate.decide('ws.subprotocol', 'mqtt', about)) {
    case 'mqtt':
      return has ? MQTT : undefined;
    case 'first':
      return offered[0];
    case 'list':
      return has ? offered.join(', ') : undefined;
    case 'none':
      return undefined;
    case 'invent':
      return MQTT;
    case 'other':
      return 'mqtt-v5';
  }
}
