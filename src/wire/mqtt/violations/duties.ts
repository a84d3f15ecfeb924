import type { MqttVersion, RequirementKey } from '#spec';
import type { PacketType } from '../packets.ts';
import type { ViolationContext } from '../violations.ts';

type ByVersion = { readonly [V in MqttVersion]?: RequirementKey };

/** A malformed packet doesn't do what the server had to do by sending it. */
const SERVER: { readonly [T in PacketType]?: ByVersion } = {
  CONNACK: { '3.1.1': '3.1.1/R-3.2.2.3-1', '5.0': '5.0/R-3.2.2.2-1' },
  PUBLISH: { '3.1.1': '3.1.1/MQTT-3.3.2-1#server-output', '5.0': '5.0/MQTT-3.3.2-1#server-output' },
  PUBACK: { '3.1.1': '3.1.1/MQTT-2.3.1-6#puback', '5.0': '5.0/MQTT-2.2.1-5#puback' },
  PUBREC: { '3.1.1': '3.1.1/MQTT-2.3.1-6#pubrec', '5.0': '5.0/MQTT-2.2.1-5#pubrec' },
  PUBREL: { '3.1.1': '3.1.1/MQTT-2.3.1-6#pubrel', '5.0': '5.0/MQTT-2.2.1-5#pubrel' },
  PUBCOMP: { '3.1.1': '3.1.1/MQTT-4.3.3-2#pubcomp', '5.0': '5.0/MQTT-2.2.1-5#pubcomp' },
  SUBACK: { '3.1.1': '3.1.1/MQTT-2.3.1-7#suback', '5.0': '5.0/MQTT-2.2.1-6#suback' },
  UNSUBACK: { '3.1.1': '3.1.1/MQTT-2.3.1-7#unsuback', '5.0': '5.0/MQTT-2.2.1-6#unsuback' },
  PINGRESP: { '3.1.1': '3.1.1/MQTT-3.12.4-1', '5.0': '5.0/MQTT-3.12.4-1' },
  DISCONNECT: { '5.0': '5.0/MQTT-3.14.2-1#server-output' },
  AUTH: { '5.0': '5.0/MQTT-3.15.2-1#server-output' },
};

/** A CONNECT has its own sentence; for all else the general duty of the receiver counts (§4.8, §4.13). */
const CLIENT_CONNECT: ByVersion = { '3.1.1': '3.1.1/MQTT-3.1.4-1#close', '5.0': '5.0/MQTT-3.1.4-1' };
const CLIENT: ByVersion = { '3.1.1': '3.1.1/MQTT-4.8.0-1', '5.0': '5.0/MQTT-4.13.1-1' };

/** What counts where no sentence of the standard names the violation. */
export function receiverDuty({ version, from, packet }: ViolationContext): readonly RequirementKey[] {
  const duty = from === 'client' ? (packet === 'CONNECT' ? CLIENT_CONNECT : CLIENT) : packet && SERVER[packet];
  const keys = version === undefined ? [duty?.['5.0'], duty?.['3.1.1']] : [duty?.[version]];
  return keys.filter((key) => key !== undefined);
}
