import { describe, expect, it } from 'vitest';
import { Bench, read } from './bench.ts';

describe.each(['3.1.1', '5.0'] as const)('%s', (version) => {
  it('carries messages of each QoS', () => {
    const bench = new Bench();
    const a = bench.connect('a', { version });
    const b = bench.connect('b', { version });
    expect(b.subscribe('t/+', { qos: 2 })).toEqual([2]);
    for (const qos of [0, 1, 2] as const) {
      a.publish('t/x', `q${qos}`, { qos });
      const got = b.take('PUBLISH');
      expect([read(got.payload), got.qos, got.topic]).toEqual([`q${qos}`, qos, 't/x']);
    }
    a.take('PUBACK');
    const { packetId } = a.take('PUBREC');
    a.send({ type: 'PUBREL', packetId, reasonCode: 0 });
    a.take('PUBCOMP');
    a.publish('other', 'x');
    expect(b.inbox).toEqual([]);
    expect([...a.broken, ...b.broken]).toEqual([]);
  });
});
