import { anchorOf } from './anchors.ts';
import type { MqttVersion } from './types.ts';

const STANDARD = {
  '3.1.1': 'https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html',
  '5.0': 'https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html',
} as const satisfies Readonly<Record<MqttVersion, string>>;

/** Where a section of the MQTT standard can be read. */
export function standardLink(version: MqttVersion, section: string): string {
  return `${STANDARD[version]}${anchorOf(version, section)}`;
}

const RFC = /RFC (\d+)(?: §(\d+(?:\.\d+)*))?/;
const STATEMENT = /(3\.1\.1|5\.0)\/(?:MQTT|R)-(\d+(?:\.\d+)*)-\d+/;

/** Where the first source of a transport requirement can be read; empty where the target's own promise is the source. */
export function sourceLink(source: string): string {
  const rfc = RFC.exec(source);
  if (rfc !== null) {
    const [, number, section] = rfc;
    return `https://www.rfc-editor.org/rfc/rfc${number}${section === undefined ? '' : `#section-${section}`}`;
  }
  const statement = STATEMENT.exec(source);
  if (statement?.[2] === undefined) return '';
  return standardLink(statement[1] === '5.0' ? '5.0' : '3.1.1', statement[2]);
}
