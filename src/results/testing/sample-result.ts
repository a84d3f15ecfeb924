/** A small result with one of each thing, for tests. */
import { VERDICTS, type Verdict } from '#spec';
import { RUN_RESULT_FORMAT, type InstanceResult, type RunResult } from '../run-result.ts';

export const FAILED: InstanceResult = {
  instance: 'connect/second-connect@5.0/ws',
  id: 'connect/second-connect',
  version: '5.0',
  transport: 'ws',
  suite: 'connect',
  title: 'a second CONNECT on one connection is a protocol error',
  verdict: 'fail',
  verifies: ['5.0/MQTT-3.1.0-2'],
  expected: 'DISCONNECT 0x82 (optional), then close',
  actual: 'still open after 2 000 ms',
  steps: [{ at: 0, title: 'send CONNECT again', outcome: 'failed', detail: 'still open' }],
  findings: [
    {
      requirement: '5.0/MQTT-3.1.0-2',
      level: 'MUST',
      verdict: 'fail',
      message: 'still open',
      at: 2002,
      evidence: 'deadline',
      by: 'case',
      entry: 0,
    },
  ],
  transcript: {
    connections: [{ connection: 1, label: 'client' }],
    entries: [
      { at: 0, connection: 1, direction: 'in', layer: 'mqtt', summary: 'CONNACK 0x00', size: 5, bytes: 'IAMAAAA=' },
    ],
    omitted: 2,
  },
  startedMs: 1,
  durationMs: 2002,
  attempts: 2,
};

export const PASSED: InstanceResult = {
  ...FAILED,
  instance: 'topics/match[plus]@3.1.1/ws',
  id: 'topics/match',
  row: 'plus',
  version: '3.1.1',
  verdict: 'pass',
  verifies: ['3.1.1/MQTT-4.7.1-3', 'ws/upgrade/accept-key'],
  findings: [],
};

export function sampleResult(cases: readonly InstanceResult[] = [FAILED, PASSED]): RunResult {
  const of = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  return {
    format: RUN_RESULT_FORMAT,
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
      capabilities: [{ name: 'shared', advertised: 'available' }],
      settleMs: 20,
      graceMs: 1000,
    },
    cases,
    conclusion: {
      exitCode: 1,
      sentence: 'Mosquitto 2.0.11 does not conform: 1 of 3 applicable MUST requirements violated',
      counts: Object.fromEntries(VERDICTS.map((verdict) => [verdict, of(verdict)])) as Record<Verdict, number>,
      must: { exercised: 3, violated: 1, applicable: 3 },
      should: { exercised: 0, violated: 0 },
      leftOut: [],
    },
  };
}
