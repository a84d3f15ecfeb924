/** Results of runs that never were, small enough to read. */
import type { InstanceResult, RunResult } from '#results';
import { VERDICTS, type Verdict } from '#spec';

export const SECOND_CONNECT: InstanceResult = {
  instance: 'connect/second-connect@5.0/ws',
  id: 'connect/second-connect',
  version: '5.0',
  transport: 'ws',
  suite: 'connect',
  title: 'a second CONNECT on one connection is a protocol error',
  verdict: 'fail',
  verifies: ['5.0/MQTT-3.1.0-2'],
  steps: [],
  findings: [
    {
      requirement: '5.0/MQTT-3.1.0-2',
      level: 'MUST',
      verdict: 'fail',
      message: 'a second CONNECT is a protocol error: the server closes the connection',
      expected: 'DISCONNECT 0x82 (optional), then close',
      actual: 'still open after 2 000 ms; received CONNACK 0x00',
      at: 2002,
      evidence: 'wire',
      by: 'case',
      entry: 4,
    },
  ],
  transcript: {
    connections: [{ connection: 1, label: 'client' }],
    entries: [
      { at: 0, connection: 1, direction: 'out', layer: 'http', summary: 'GET /mqtt HTTP/1.1' },
      {
        at: 0.9,
        connection: 1,
        direction: 'out',
        layer: 'mqtt',
        summary: 'CONNECT clientId=ms7f3a',
        bytes: 'EAwABE1RVFQFAgA8AAA=',
      },
      { at: 1.3, connection: 1, direction: 'in', layer: 'mqtt', summary: 'CONNACK 0x00 Success', bytes: 'IAMAAAA=' },
      { at: 1.5, connection: 1, direction: 'out', layer: 'mqtt', summary: 'CONNECT clientId=ms7f3a' },
      { at: 2.6, connection: 1, direction: 'in', layer: 'mqtt', summary: 'CONNACK 0x00 Success' },
      { at: 2002, connection: 0, direction: 'note', layer: 'harness', summary: 'deadline: waited for close' },
    ],
    omitted: 0,
  },
  startedMs: 0,
  durationMs: 2002,
  attempts: 1,
};

export const PASSED: InstanceResult = {
  instance: 'ping/answered@5.0/ws',
  id: 'ping/answered',
  version: '5.0',
  transport: 'ws',
  suite: 'ping',
  title: 'PINGREQ is answered',
  verdict: 'pass',
  verifies: ['5.0/MQTT-3.12.4-1', 'ws/upgrade/accept-key'],
  steps: [],
  findings: [],
  startedMs: 0,
  durationMs: 3,
  attempts: 1,
};

export function runResult(cases: readonly InstanceResult[]): RunResult {
  const of = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  const failed = of('fail') > 0;
  return {
    format: 'mqttspec/run-result/1',
    tool: { name: 'mqttspec', version: '0.1.0', suiteVersion: '1a2b3c', node: '20.20.2' },
    run: {
      id: 'r1',
      startedAt: '2026-11-22T10:00:00.000Z',
      durationMs: 8200,
      seed: '7f3a',
      command: 'mqttspec run ws://localhost:9001/mqtt',
    },
    target: {
      label: 'Mosquitto 2.0.11',
      endpoints: [{ url: 'ws://localhost:9001/mqtt', transport: 'ws', subprotocol: 'mqtt', roundTripMs: 0.84 }],
      versions: ['3.1.1', '5.0'],
      capabilities: [],
      settleMs: 20,
      graceMs: 1000,
    },
    cases,
    conclusion: {
      exitCode: failed ? 1 : 0,
      sentence: failed
        ? 'Mosquitto 2.0.11 does not conform: 1 of 3 applicable MUST requirements violated'
        : 'Mosquitto 2.0.11 conforms',
      counts: Object.fromEntries(VERDICTS.map((verdict) => [verdict, of(verdict)])) as Record<Verdict, number>,
      must: { exercised: 3, violated: failed ? 1 : 0, applicable: 3 },
      should: { exercised: 0, violated: 0 },
      leftOut: [],
    },
  };
}
