/** What the referee holds a server to, as requirement of each version. A version without an entry doesn't demand it. */
import type { MqttVersion, RequirementKey } from '#spec';

export const DUTIES = {
  'connack-first': { '3.1.1': '3.1.1/MQTT-3.2.0-1', '5.0': '5.0/MQTT-3.2.0-1' },
  'connack-once': { '5.0': '5.0/MQTT-3.2.0-2' },
  'clean-not-present': { '3.1.1': '3.1.1/MQTT-3.2.2-1', '5.0': '5.0/MQTT-3.2.2-2' },
  'refused-not-present': { '3.1.1': '3.1.1/MQTT-3.2.2-4', '5.0': '5.0/MQTT-3.2.2-6' },
  'assigned-id': { '5.0': '5.0/MQTT-3.2.2-16#returned' },
  'auth-during-connect': { '5.0': '5.0/MQTT-4.12.0-2' },
  'auth-method': { '5.0': '5.0/MQTT-4.12.0-5#auth' },
  'connack-method': { '5.0': '5.0/MQTT-4.12.0-5#connack' },
  'puback-id': { '3.1.1': '3.1.1/MQTT-2.3.1-6#puback', '5.0': '5.0/MQTT-2.2.1-5#puback' },
  'pubrec-id': { '3.1.1': '3.1.1/MQTT-2.3.1-6#pubrec', '5.0': '5.0/MQTT-2.2.1-5#pubrec' },
  'pubrel-id': { '3.1.1': '3.1.1/MQTT-2.3.1-6#pubrel', '5.0': '5.0/MQTT-2.2.1-5#pubrel' },
  'pubcomp-id': { '5.0': '5.0/MQTT-2.2.1-5#pubcomp' },
  'qos1-puback': { '3.1.1': '3.1.1/MQTT-3.3.4-1#qos1-puback', '5.0': '5.0/MQTT-3.3.4-1#qos1-puback' },
  'qos2-pubrec': { '3.1.1': '3.1.1/MQTT-3.3.4-1#qos2-pubrec', '5.0': '5.0/MQTT-3.3.4-1#qos2-pubrec' },
  'suback-id': { '3.1.1': '3.1.1/MQTT-2.3.1-7#suback', '5.0': '5.0/MQTT-2.2.1-6#suback' },
  'suback-codes': { '3.1.1': '3.1.1/MQTT-3.8.4-5#code-per-filter', '5.0': '5.0/MQTT-3.8.4-6' },
  'unsuback-id': { '3.1.1': '3.1.1/MQTT-2.3.1-7#unsuback', '5.0': '5.0/MQTT-2.2.1-6#unsuback' },
  'unsuback-codes': { '5.0': '5.0/MQTT-3.11.3-2#one-per-filter' },
  'delivery-qos': { '3.1.1': '3.1.1/MQTT-3.8.4-6#min-qos', '5.0': '5.0/MQTT-3.8.4-8' },
  'delivery-topic': { '3.1.1': '3.1.1/MQTT-3.3.2-3', '5.0': '5.0/MQTT-3.3.2-3' },
  'delivery-id-unused': { '3.1.1': '3.1.1/MQTT-2.3.1-4#unused-id', '5.0': '5.0/MQTT-2.2.1-4#unused' },
  'first-dup-0': { '3.1.1': '3.1.1/MQTT-3.3.1-3', '5.0': '5.0/MQTT-3.3.1-3' },
  'receive-maximum': { '5.0': '5.0/MQTT-3.3.4-9' },
  'maximum-packet-size': { '5.0': '5.0/MQTT-3.1.2-24' },
  'alias-maximum': { '5.0': '5.0/MQTT-3.1.2-26' },
  'alias-unasked': { '5.0': '5.0/MQTT-3.1.2-27' },
  'problem-information': { '5.0': '5.0/MQTT-3.1.2-29#not-elsewhere' },
  'response-information': { '5.0': '5.0/MQTT-3.1.2-28' },
  'after-disconnect': { '5.0': '5.0/MQTT-3.14.4-1' },
} as const satisfies Record<string, { readonly [V in MqttVersion]?: RequirementKey }>;

export type Duty = keyof typeof DUTIES;

export function dutyKey(duty: Duty, version: MqttVersion): RequirementKey | undefined {
  return (DUTIES[duty] as { readonly [V in MqttVersion]?: RequirementKey })[version];
}
