import type { Publish, Qos } from '../packets.ts';
import type { Decoding } from './decoding.ts';
import { readProperties } from './properties.ts';
import { readKnownTopic, readString } from './strings.ts';
import { rememberTopic } from './topic-cache.ts';

/** §3.3. The payload is a view of the input. */
export function readPublish(d: Decoding, flags: number): Publish {
  let qos = (flags >> 1) & 3;
  const dup = (flags & 8) !== 0;
  if (qos === 3) {
    d.fail('publish.qos-3', d.start, 'both QoS bits of PUBLISH are 1');
    qos = 2;
  }
  if (dup && qos === 0) d.fail('publish.dup-qos-0', d.start, 'DUP is 1 at QoS 0');
  const topicAt = d.at;
  const topic = (d.fields === undefined ? readKnownTopic(d) : undefined) ?? readTopic(d);
  let packetId = 0;
  if (qos > 0) {
    packetId = d.u16('packet-id');
    if (packetId === 0) d.fail('packet-id.zero', d.at - 2, `a PUBLISH of QoS ${qos} has packet identifier 0`);
  }
  const properties = d.version === '5.0' ? readProperties(d, 'PUBLISH') : undefined;
  if (topic === '' && properties?.topicAlias === undefined) {
    const without = d.version === '5.0' ? ' without topic alias' : '';
    d.fail('publish.topic-empty', topicAt, `empty topic name${without}`);
  }
  const payload = d.bytes.subarray(d.at, d.end);
  const payloadAt = d.at;
  d.at = d.end;
  if (d.fields !== undefined && payload.length > 0) d.span('payload', payloadAt, `${payload.length} bytes`);
  return result(topic, payload, qos as Qos, (flags & 1) !== 0, dup, packetId, properties);
}

function result(
  topic: string,
  payload: Uint8Array,
  qos: Qos,
  retain: boolean,
  dup: boolean,
  packetId: number,
  properties: Publish['properties'],
): Publish {
  if (qos === 0) {
    return properties === undefined
      ? { type: 'PUBLISH', topic, payload, qos, retain, dup }
      : { type: 'PUBLISH', topic, payload, qos, retain, dup, properties };
  }
  return properties === undefined
    ? { type: 'PUBLISH', topic, payload, qos, retain, dup, packetId }
    : { type: 'PUBLISH', topic, payload, qos, retain, dup, packetId, properties };
}

function readTopic(d: Decoding): string {
  const at = d.at;
  const topic = readString(d, 'topic');
  if (/[+#]/.test(topic)) {
    d.fail('publish.topic-wildcard', at, `topic name ${JSON.stringify(topic)} holds a wildcard`);
  } else if (d.tolerated === undefined) rememberTopic(topic, d.bytes, at + 2, d.at);
  return topic;
}
