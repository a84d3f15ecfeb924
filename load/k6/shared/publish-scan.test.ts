import { describe, expect, test } from 'vitest';
import { decode, encode } from '#wire';
import { scanPublish, type Scanned } from './publish-scan.ts';

const scanned = (): Scanned => ({ qos: 0, dup: false, packetId: 0, topicLength: 0, payloadAt: 0, end: 0 });
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe.each(['3.1.1', '5.0'] as const)('MQTT %s: what it finds is what the decoder finds', (version) => {
  test.each([0, 1, 2] as const)('QoS %i', (qos) => {
    for (const size of [0, 1, 40, 200, 20_000]) {
      const payload = new Uint8Array(size).fill(7);
      const packet = encode(
        {
          type: 'PUBLISH',
          topic: 'a/é',
          payload,
          qos,
          retain: true,
          dup: qos > 0,
          ...(qos > 0 ? { packetId: 513 } : {}),
        },
        version,
      );
      // Between others.
      const bytes = Uint8Array.from([0xd0, 0, ...packet, 0xd0, 0]);
      const into = scanned();
      expect(scanPublish(bytes, 2, version, into)).toBe(true);
      const decoded = decode(packet, { version, from: 'server' }).packet;
      expect(decoded).toMatchObject({ qos: into.qos, dup: into.dup, ...(qos > 0 ? { packetId: into.packetId } : {}) });
      expect(bytes.slice(into.payloadAt, into.end)).toEqual(payload);
      expect(into.end).toBe(2 + packet.length);
    }
  });
});

test.each([
  ['another packet', 'd000', '5.0'],
  ['QoS 3', '3605 0001 61 0001', '3.1.1'],
  ['cut off', '3005 0001 61', '3.1.1'],
  ['no topic', '3002 0000', '3.1.1'],
  ['identifier 0', '3205 0001 61 0000', '3.1.1'],
  ['properties', '3007 0001 61 02 0101 78', '5.0'],
  ['a topic longer than the packet', '3003 0009 61', '3.1.1'],
  ['a length without an end', '30ffffffff7f', '3.1.1'],
] as const)('%s is left to the decoder', (_, bytes, version) => {
  expect(scanPublish(hex(bytes), 0, version, scanned())).toBe(false);
});
