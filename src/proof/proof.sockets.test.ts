/** The lane over real sockets: what memory can't show (RST, half-close, timing) must not make a correct broker look wrong. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBroker, type RunningBroker } from '#broker';
import { realClock } from '#io';
import { socketDial } from '#net';
import type { RunResult } from '#results';
import { runCases } from '#runner';
import { CASES } from '#suites';
import { parseTarget } from '#target';
import { LAB_ORIGINS, LAB_TARGET } from './lab-target.ts';
import { provableCases } from './prove.ts';

let running: RunningBroker;
let result: RunResult;

beforeAll(async () => {
  running = await startBroker({ path: '/mqtt', origins: LAB_ORIGINS });
  const clock = realClock();
  const target = parseTarget({
    url: running.wsUrl,
    also: [running.tcpUrl],
    declared: LAB_TARGET.declared,
    headers: LAB_TARGET.headers.map(([name, value]) => `${name}: ${value}`),
  });
  result = await runCases({
    cases: provableCases(CASES),
    target,
    tool: { name: 'mqttspec', version: '0', suiteVersion: '0', node: process.version },
    clock,
    dial: socketDial(target, clock),
    seed: 'sockets',
  });
  // For what hangs: all cases, beside whatever else the machine does.
}, 400_000);
afterAll(() => running.close());

test('every case passes on the clean broker, over WebSocket and TCP', () => {
  const wrong = result.cases
    .filter(({ verdict }) => !['pass', 'observed', 'skip'].includes(verdict))
    .map(({ instance, verdict, reason }) => `${instance}: ${verdict}: ${reason ?? ''}`);
  expect(wrong).toEqual([]);
  expect(result.run.ended).toBeUndefined();
});

test('both doors were used, and hardly anything was left out', () => {
  const ran = result.cases.filter(({ verdict }) => verdict === 'pass' || verdict === 'observed');
  expect(new Set(ran.map(({ transport }) => transport))).toEqual(new Set(['ws', 'mqtt']));
  const skipped = new Set(result.cases.filter(({ verdict }) => verdict === 'skip').map(({ id }) => id));
  const unmet = provableCases(CASES).filter(({ id }) => !ran.some((each) => each.id === id));
  expect(unmet.filter(({ id }) => !skipped.has(id)).map(({ id }) => id)).toEqual([]);
});

test('the broker says that it conforms', () => {
  expect(result.conclusion.exitCode).toBe(0);
});
