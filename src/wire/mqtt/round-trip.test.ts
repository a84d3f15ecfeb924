import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { ONLY_FROM } from './packet-types.ts';
import { describe as line } from './describe.ts';
import { PacketReader } from './reader.ts';
import { packets } from './testing/arbitraries.ts';

test.each(['3.1.1', '5.0'] as const)('any packet of %s comes back as it was', (version) => {
  fc.assert(
    fc.property(packets(version), (packet) => {
      const bytes = encode(packet, version);
      expect(decode(bytes, { version, from: ONLY_FROM[packet.type] ?? 'client' })).toEqual({ packet });
      expect(line(packet)).toMatch(/^[A-Z]+( [^\n]*)?$/);
    }),
    { numRuns: 1500, seed: 20_260_101 },
  );
});

test.each(['3.1.1', '5.0'] as const)('any stream of %s comes back, in any pieces', (version) => {
  const sent = packets(version).filter(({ type }) => ONLY_FROM[type] !== 'server' && type !== 'CONNECT');
  fc.assert(
    fc.property(
      fc.array(sent, { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      (all, cuts) => {
        const bytes = Uint8Array.from(all.flatMap((packet) => [...encode(packet, version)]));
        const reader = new PacketReader({ version, from: 'client' });
        const read: unknown[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const end = at + (cuts[i % cuts.length] ?? 1);
          for (const event of reader.push(bytes.slice(at, end)))
            read.push(event.kind === 'packet' ? event.packet : event);
          at = end;
        }
        expect(read).toEqual(all);
      },
    ),
    { numRuns: 300, seed: 20_260_102 },
  );
});
