/** Borders of records: with application data on them, in both directions. */
import { defineCase, encode, publish, TlsRecordReader, utf8 } from '#kit';
import { framed, inRecords } from './in-records.ts';

export const oneByte = defineCase({
  title: 'application data in records of one octet is served',
  verifies: { transport: ['tls/record/one-byte'] },
  caughtBy: ['loses-small-records'],
  needs: ['tls'],
  async run(t) {
    const records = new TlsRecordReader();
    let small = 0;
    const heard = (direction: 'in' | 'out', bytes: Uint8Array): void => {
      if (direction === 'in') return;
      for (const event of records.push(bytes))
        if (event.kind === 'record' && event.record.fragment.length < 64) small += 1;
    };
    const client = (await t.admission({ heard })).accepted();
    await client.subscribe(t.topic());
    const octets = encode(t.packet.publish(t.topic(), 'in records of one octet'), t.version);
    const whole = framed(client, client.prepare(octets), [octets.length]);
    await inRecords(t, client, whole, [1]);
    await client.expect(publish({ topic: t.topic() }));
    if (small < whole.length) throw new Error(`${whole.length} octets left in ${small} small records`);
  },
});

export const unaligned = defineCase<{ readonly records: readonly number[]; readonly frames: readonly number[] }>({
  title: 'records, frames and packets that are all cut at different places are served',
  verifies: { transport: ['tls/record/unaligned'] },
  caughtBy: ['loses-small-records'],
  needs: ['tls'],
  rows: {
    'small-records': { records: [3, 11, 2, 7], frames: [13, 1, 64] },
    'small-frames': { records: [50, 1, 200], frames: [1, 2, 3] },
    'border-in-header': { records: [1, 1, 40], frames: [30, 4] },
  },
  async run(t) {
    const client = (await t.admission()).accepted();
    await client.subscribe(t.topic());
    const payloads = ['one', 'two'.repeat(30), 'three'];
    const packets = payloads.flatMap((payload) => [...client.prepare(t.packet.publish(t.topic(), payload))]);
    await inRecords(t, client, framed(client, Uint8Array.from(packets), t.row.frames), t.row.records);
    for (const payload of payloads) await client.expect(publish({ topic: t.topic(), payload: utf8(payload) }));
  },
});

/** Octets of a record at most, and what may stand around a payload. */
const RECORD = 16_384;

export const large = defineCase<readonly number[]>({
  title: 'messages around and above the size of a record come back octet by octet',
  verifies: { transport: ['tls/record/large-output'] },
  caughtBy: ['alters-octets-behind-16-kib'],
  needs: ['tls'],
  rows: {
    'around-16-kib': Array.from({ length: 48 }, (_, index) => RECORD - 40 + index),
    '32-kib': [2 * RECORD - 20, 2 * RECORD, 2 * RECORD + 1],
    '100-kib': [102_400],
  },
  async run(t) {
    const { maximumPacketSize = Infinity } = t.scope.capabilities;
    const sizes = t.row.filter((size) => size + 100 <= maximumPacketSize);
    if (sizes.length === 0) return t.skip(`the server takes packets of ${maximumPacketSize} bytes at most`);
    const [from, to] = [await t.connect(), await t.connect()];
    await to.subscribe(t.topic());
    const payloads = sizes.map((size) => t.scope.random.bytes(size));
    await t.stream({ from, to, topic: t.topic(), payloads });
  },
});
