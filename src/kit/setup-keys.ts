/** Which requirement a missing or wrong answer breaks when the set-up of a case meets it. */
import type { MqttVersion, RequirementKey } from '#spec';

export const ANSWERS = {
  CONNACK: { '3.1.1': '3.1.1/MQTT-3.1.4-4', '5.0': '5.0/MQTT-3.1.4-5' },
  SUBACK: { '3.1.1': '3.1.1/MQTT-3.8.4-1', '5.0': '5.0/MQTT-3.8.4-1' },
  UNSUBACK: { '3.1.1': '3.1.1/MQTT-3.10.4-4#unsuback', '5.0': '5.0/MQTT-3.10.4-4' },
  PUBACK: { '3.1.1': '3.1.1/MQTT-4.3.2-2#puback', '5.0': '5.0/MQTT-4.3.2-4' },
  PUBREC: { '3.1.1': '3.1.1/MQTT-4.3.3-2#pubrec', '5.0': '5.0/MQTT-4.3.3-8' },
  PUBCOMP: { '3.1.1': '3.1.1/MQTT-4.3.3-2#pubcomp', '5.0': '5.0/MQTT-4.3.3-11' },
  PINGRESP: { '3.1.1': '3.1.1/MQTT-3.12.4-1', '5.0': '5.0/MQTT-3.12.4-1' },
} as const satisfies Record<string, Record<MqttVersion, RequirementKey>>;

export type Answer = keyof typeof ANSWERS;
