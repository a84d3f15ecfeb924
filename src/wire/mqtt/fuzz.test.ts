/** Random and mutated bytes: nothing throws, nothing grows. `npm run fuzz:codec -- --count 5000000` does it for longer. */
import { expect, test } from 'vitest';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { describe as line } from './describe.ts';
import { maskSecrets } from './mask-secrets.ts';
import { PacketReader } from './reader.ts';
import { hexOf, bytesOf, seeded } from './testing/bytes.ts';
import { VALID } from './testing/valid-packets.ts';

const COUNT = Number(process.env['MQTTSPEC_FUZZ_COUNT'] ?? 100_000);
const SEED = Number(process.env['MQTTSPEC_FUZZ_SEED'] ?? 1);
const SEEDS = VALID.map(({ hex }) => bytesOf(hex));
const VERSIONS = ['3.1.1', '5.0'] as const;
const SENDERS = ['client', 'server'] as const;

type Random = (limit: number) => number;

/** Bytes that are interesting as lengths, identifiers and flags. */
const EDGES = [0x00, 0x01, 0x02, 0x7f, 0x80, 0xc0, 0xed, 0xff];

function mutated(random: Random): Uint8Array {
  const seed = SEEDS[random(SEEDS.length)] as Uint8Array;
  const bytes = [...seed];
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const at = random(bytes.length + 1);
    const byte = random(2) === 0 ? random(256) : (EDGES[random(EDGES.length)] as number);
    const kind = random(4);
    if (kind === 0) bytes.splice(at, 1);
    else if (kind === 1) bytes.splice(at, 0, byte);
    else if (kind === 2) bytes.length = at;
    else bytes[at % bytes.length] = byte;
  }
  // Half of the time the remaining length is put right: else most of them would fail for nothing but their length.
  if (random(2) === 0 && bytes.length > 1 && bytes.length < 130) bytes[1] = bytes.length - 2;
  return Uint8Array.from(bytes);
}

function random(next: Random): Uint8Array {
  return Uint8Array.from({ length: next(24) }, () => next(256));
}

test(`${COUNT} inputs, seed ${SEED}`, { timeout: 3_600_000 }, () => {
  const next = seeded(SEED);
  const counts = { packets: 0, violations: 0, tolerated: 0, read: 0 };
  for (let i = 0; i < COUNT; i++) {
    const bytes = i % 8 === 0 ? random(next) : mutated(next);
    try {
      exercise(bytes, next, counts);
    } catch (error) {
      throw new Error(`input ${i} of seed ${SEED}: ${hexOf(bytes)}`, { cause: error });
    }
  }
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(COUNT / 20);
});

function exercise(
  bytes: Uint8Array,
  next: Random,
  counts: Record<'packets' | 'violations' | 'tolerated' | 'read', number>,
): void {
  const version = VERSIONS[next(2)] ?? '5.0';
  const from = SENDERS[next(2)] ?? 'client';
  const strict = decode(bytes, { version, from });
  if (strict.packet === undefined) {
    counts.violations += 1;
    if (strict.violation.offset > bytes.length) throw new Error(`offset ${strict.violation.offset} is outside`);
  } else {
    counts.packets += 1;
    again(strict.packet, version, from);
  }
  const tolerant = decode(bytes, { version, from, tolerate: () => true, fields: [] });
  if (tolerant.packet !== undefined) {
    counts.tolerated += 1;
    line(tolerant.packet);
  }
  if (maskSecrets(bytes).length !== bytes.length) throw new Error('masking changed the length');
  const reader = new PacketReader({ from, ...(next(4) === 0 ? {} : { version }), maximumPacketSize: 1 + next(100) });
  const cut = next(bytes.length + 1);
  const events = [...reader.push(bytes.subarray(0, cut)), ...reader.push(bytes.subarray(cut))];
  if (reader.pending > bytes.length) throw new Error('the reader holds more than it was given');
  counts.read += events.length;
}

/** What was accepted is encoded to something that means the same. */
function again(
  packet: Parameters<typeof encode>[0],
  version: (typeof VERSIONS)[number],
  from: (typeof SENDERS)[number],
): void {
  const five = packet.type === 'CONNECT' ? packet.protocolLevel === 5 : version === '5.0';
  const twice = decode(encode(packet, five ? '5.0' : '3.1.1'), { version, from });
  if (JSON.stringify(twice.packet) !== JSON.stringify(packet))
    throw new Error(`comes back as ${JSON.stringify(twice)}`);
}
