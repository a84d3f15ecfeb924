/** Hostile servers behind real sockets: the run ends by itself, nothing grows with what they send, and the exit code is true. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cryptoRandom, realClock, socketDuplex } from '#io';
import { socketDial } from '#net';
import { NotTestableError, runCases } from '#runner';
import { CASES } from '#suites';
import { parseTarget } from '#target';
import { IMPOSTORS, type ImpostorName } from './impostors/index.ts';

/** What the shell would see. */
const NOT_TESTABLE = 3;
/** No broker that loses or changes what it sends conforms, and none of it is our error (4). */
const NEVER_FINE = [1, 3, 5];

/** One of each kind, but those that let each deadline pass: they hang no run either, as memory shows, and cost minutes here. */
const EXPECTED: { readonly [N in ImpostorName]?: readonly number[] } = {
  'closes-at-once': [NOT_TESTABLE],
  'http-200': [NOT_TESTABLE],
  'http-301': [NOT_TESTABLE],
  'http-503': [NOT_TESTABLE],
  'http-endless-head': [NOT_TESTABLE],
  'tls-alert': [NOT_TESTABLE],
  'tls-garbage': [NOT_TESTABLE],
  'random-bytes': [NOT_TESTABLE],
  'length-4-gib': [NOT_TESTABLE],
  'length-never-ends': [NOT_TESTABLE],
  'compressed-bomb': [NOT_TESTABLE],
  'other-protocol': [NOT_TESTABLE],
  'refuses-everybody': [NOT_TESTABLE],
  'packets-of-clients': NEVER_FINE,
  'loses-every-7th-octet': NEVER_FINE,
  'loses-every-250th-octet': NEVER_FINE,
  'dies-after-900-octets': NEVER_FINE,
  'resets-after-260-octets': NEVER_FINE,
};
const NAMES = Object.keys(EXPECTED) as ImpostorName[];

/** Octets that may be held when all of them have been met: far below what one of them announces or unpacks to. */
const MOST_HELD = 256 * 2 ** 20;

const servers: Server[] = [];
const codes = new Map<string, number>();
let held = 0;

beforeAll(async () => {
  const before = memory();
  await Promise.all(NAMES.map(async (name) => codes.set(name, await exitCode(name))));
  held = memory() - before;
}, 240_000);
afterAll(() => {
  for (const server of servers) server.close();
});

const memory = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

async function exitCode(name: ImpostorName): Promise<number> {
  const clock = realClock();
  const world = { clock, random: cryptoRandom.bytes };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    IMPOSTORS[name].answer(socketDuplex(socket), 'ws', world),
  );
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`;
  const target = parseTarget({ url, versions: ['5.0'] });
  try {
    const result = await runCases({
      cases: CASES,
      selection: 'id:ping/answered id:qos/new-after-puback',
      target,
      tool: { name: 'mqttspec', version: '0', suiteVersion: '0', node: process.version },
      clock,
      dial: socketDial(target, clock),
      seed: 'hostile',
    });
    return result.conclusion.exitCode;
  } catch (error) {
    if (error instanceof NotTestableError) return NOT_TESTABLE;
    throw error;
  }
}

test.each(NAMES)('%s: the exit code tells the truth', (name) => {
  expect(EXPECTED[name]).toContain(codes.get(name));
});

test('memory stays flat', () => {
  expect(held).toBeLessThan(MOST_HELD);
});
