import { expect, test } from 'vitest';
import { paintFor } from './paint.ts';
import { renderConclusion, renderSummary } from './summary.ts';
import { PASSED, runResult, SECOND_CONNECT } from './testing/results.ts';

const plain = paintFor({ colour: false, unicode: true, width: 90 });

test('after a failed run: sections, the answer, what failed, what to do next', () => {
  expect(renderSummary(runResult([SECOND_CONNECT, PASSED]), ['mqttspec-out/2026-11-22-mosquitto.html'], plain)).toBe(
    `
 section (requirements)           must   should   observed   skipped
 WebSocket (RFC 6455, RFC 7692)   1/1    –        –          –
 MQTT 5.0                         1/2    –        –          –

 Mosquitto 2.0.11 does not conform: 1 of 3 applicable MUST requirements violated · 8.2 s
 ✓ 1 pass  ✗ 1 fail

   ✗ connect/second-connect@5.0/ws  [5.0/MQTT-3.1.0-2]

 report   mqttspec-out/2026-11-22-mosquitto.html
 next     mqttspec explain '5.0/MQTT-3.1.0-2'                                      what the standard asks
          mqttspec run ws://localhost:9001/mqtt 'id:connect/second-connect' -vv    repeat it, with octets
`,
  );
});

test('a requirement is violated where any instance says so, and skipped only where all do', () => {
  const skipped = { ...PASSED, verdict: 'skip' as const, reason: 'not exercised' };
  const table = (cases: (typeof PASSED)[]): string => renderSummary(runResult(cases), [], plain);
  expect(table([PASSED, skipped])).toContain('MQTT 5.0                         1/1    –        –          –');
  expect(table([skipped])).toContain('MQTT 5.0                         –      –        –          1');
  expect(table([{ ...SECOND_CONNECT, verdict: 'pass', findings: [] }, SECOND_CONNECT])).toContain(
    'MQTT 5.0                 0/1',
  );
});

test('green: no list of failures, no next step', () => {
  const text = renderSummary(runResult([PASSED]), [], plain);
  expect(text).toContain(' Mosquitto 2.0.11 conforms · 8.2 s\n ✓ 1 pass\n');
  expect(text).not.toContain('next');
});

test('many failures are told by the requirement, the most frequent first', () => {
  const [finding] = SECOND_CONNECT.findings;
  if (finding === undefined) throw new Error('the result of the test has no finding');
  const failed = (index: number, requirement: '5.0/MQTT-3.1.0-2' | '5.0/MQTT-3.3.2-3'): typeof SECOND_CONNECT => ({
    ...SECOND_CONNECT,
    instance: `case/row[${index}]@5.0/ws`,
    findings: [{ ...finding, requirement }],
  });
  const cases = Array.from({ length: 30 }, (_, index) =>
    failed(index, index % 10 === 3 ? '5.0/MQTT-3.1.0-2' : '5.0/MQTT-3.3.2-3'),
  );
  expect(renderSummary(runResult(cases), [], plain)).toContain(
    `
   ✗ 27 instances  [5.0/MQTT-3.3.2-3]  as case/row[0]@5.0/ws
   ✗  3 instances  [5.0/MQTT-3.1.0-2]  as case/row[3]@5.0/ws
`,
  );
});

test('what was skipped is counted by reason', () => {
  const skip = (instance: string, reason: string) => ({ ...PASSED, instance, verdict: 'skip' as const, reason });
  const text = renderSummary(
    runResult([skip('a', 'needs TLS'), skip('b', 'needs TLS'), skip('c', 'not exercised')]),
    [],
    plain,
  );
  expect(text).toContain(' – 3 skip\n   2 skip: needs TLS\n   1 skip: not exercised\n');
});

test('quiet: one line, coloured only where colours are wanted', () => {
  expect(renderConclusion(runResult([PASSED]), plain)).toBe('Mosquitto 2.0.11 conforms · 8.2 s\n');
  const coloured = paintFor({ colour: true, unicode: true, width: 90 });
  expect(renderConclusion(runResult([PASSED]), coloured)).toContain('\u001b[32m');
});
