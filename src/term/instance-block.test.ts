import { expect, test } from 'vitest';
import { instanceBlock } from './instance-block.ts';
import { paintFor } from './paint.ts';
import { SECOND_CONNECT } from './testing/results.ts';

const plain = paintFor({ colour: false, unicode: true, width: 90 });

test('a failure: requirement, expected, actual, and the packets with the one that must not be', () => {
  expect(instanceBlock(SECOND_CONNECT, { octets: false }, plain)).toBe(
    ` ✗ connect/second-connect@5.0/ws                                 MUST  [5.0/MQTT-3.1.0-2]
     a second CONNECT is a protocol error: the server closes the connection
     expected  DISCONNECT 0x82 (optional), then close
     actual    still open after 2 000 ms; received CONNACK 0x00
       0.9 ms  → CONNECT     clientId=ms7f3a
       1.3 ms  ← CONNACK     0x00 Success
       1.5 ms  → CONNECT     clientId=ms7f3a
       2.6 ms  ← CONNACK     0x00 Success    ← not allowed here
    2002.0 ms    deadline: waited for close

`,
  );
});

test('what the case is about decides, not what the referee saw besides', () => {
  const [finding] = SECOND_CONNECT.findings;
  if (finding === undefined) throw new Error('the failure has a finding');
  const aside = {
    ...finding,
    requirement: '5.0/MQTT-3.2.0-2' as const,
    message: 'a second CONNACK',
    by: 'referee' as const,
  };
  const text = instanceBlock({ ...SECOND_CONNECT, findings: [aside, finding] }, { octets: false }, plain);
  expect(text).toContain('MUST  [5.0/MQTT-3.1.0-2]\n');
  expect(text).toContain('also      MUST [5.0/MQTT-3.2.0-2] a second CONNACK\n');
});

test('with octets, all layers and sixteen octets a line', () => {
  const text = instanceBlock(SECOND_CONNECT, { octets: true }, plain);
  expect(text).toContain('→ GET /mqtt HTTP/1.1');
  expect(text).toContain('0000  10 0c 00 04 4d 51 54 54  05 02 00 3c 00 00        ....MQTT...<..');
});

test('for terminals without UTF-8 nothing but ASCII is left', () => {
  const text = instanceBlock(SECOND_CONNECT, { octets: true }, paintFor({ colour: false, unicode: false, width: 90 }));
  // oxlint-disable-next-line no-control-regex
  expect(text).toMatch(/^[\u0000-\u007f]*$/);
  expect(text).toContain(' x connect/second-connect@5.0/ws');
  expect(text).toContain('< CONNACK     0x00 Success    < not allowed here');
});

test('what a broker sends cannot move the cursor', () => {
  const [finding] = SECOND_CONNECT.findings;
  if (finding === undefined) throw new Error('the failure has a finding');
  const hostile = { ...SECOND_CONNECT, findings: [{ ...finding, actual: 'reason "\u001b[2J\u0007\u202e"' }] };
  const text = instanceBlock(hostile, { octets: false }, plain);
  expect(text).toContain('reason "\\x1b[2J\\x07\\u202e"');
  expect(text).not.toContain('\u001b');
});

test('a long transcript is cut around the failing unit, and says so', () => {
  const entries = Array.from({ length: 40 }, (_, at) => ({
    at,
    connection: 1,
    direction: 'in' as const,
    layer: 'mqtt' as const,
    summary: `PUBLISH topic=t/${at}`,
  }));
  const [finding] = SECOND_CONNECT.findings;
  if (finding === undefined) throw new Error('the failure has a finding');
  const long = {
    ...SECOND_CONNECT,
    findings: [{ ...finding, entry: 30 }],
    transcript: { connections: [], entries, omitted: 7 },
  };
  const text = instanceBlock(long, { octets: false }, plain);
  expect(text).toContain('… 19 earlier');
  expect(text).toContain('PUBLISH     topic=t/30    ← not allowed here');
  expect(text).toContain('… 14 more');
  expect(text).not.toContain('t/33');
});
