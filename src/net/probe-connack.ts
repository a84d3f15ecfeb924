/** What a refusing CONNACK means for a user. */
import type { MqttVersion } from '#spec';
import { reasonName } from '#wire';
import type { Credentials, Endpoint } from '#target';
import { shownEndpoint, type ProbeFailure } from './probe-faces.ts';

/** Return codes of 3.1.1 (§3.2.2.3) as the reason codes of 5.0 that mean the same. */
const SAME: Readonly<Record<number, number>> = { 1: 0x84, 2: 0x85, 3: 0x88, 4: 0x86, 5: 0x87 };

export function connackFailure(
  endpoint: Endpoint,
  version: MqttVersion,
  code: number,
  credentials: Credentials,
): ProbeFailure {
  const name = reasonName('CONNACK', code, version);
  const hex = `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return {
    face: 'connack-refused',
    sentence: `${shownEndpoint(endpoint)} refused the MQTT ${version} connection with ${hex}${name === undefined ? '' : ` (${name})`}`,
    tries: tries(version === '3.1.1' ? (SAME[code] ?? code) : code, version, credentials),
    reasonCode: code,
  };
}

function tries(code: number, version: MqttVersion, credentials: Credentials): readonly string[] {
  const anonymous = credentials.username === undefined;
  switch (code) {
    case 0x84:
      return [`the broker does not speak MQTT ${version}: --mqtt ${version === '5.0' ? '3.1.1' : '5.0'}`];
    case 0x85:
      return ['the broker wants client ids of another form: --client-id-prefix …'];
    case 0x86:
    case 0x87:
    case 0x8c:
      return anonymous
        ? ['the broker needs credentials: --username … --password-file FILE']
        : [
            'the broker does not take these credentials: check --username and --password-file',
            'or its rules for client ids: --client-id-prefix …',
          ];
    case 0x88:
    case 0x89:
    case 0x97:
    case 0x9f:
      return ['the broker is busy or limits connections: wait, or --concurrency 1'];
    case 0x8a:
      return ['this client is banned: ask the operator of the broker'];
    case 0x9c:
    case 0x9d:
      return ['the broker sends its clients to another server: test that one'];
    default:
      return ['look into the log of the broker'];
  }
}
