import { expect, test } from 'vitest';
import { FAILED, PASSED, sampleResult } from './testing/sample-result.ts';
import { maskCommand, RESULT_LIMITS, writeRunResult } from './write-run-result.ts';

test.each([
  ['mqttspec run ws://u:p@host:1/mqtt?token=abc', 'mqttspec run ws://host:1/mqtt?token=***'],
  [
    "mqttspec run 'wss://host/m?t=1' --header 'Authorization: Bearer x'",
    "mqttspec run 'wss://host/m?t=***' --header ***",
  ],
  ['mqttspec run --passphrase=geheim --seed 7', 'mqttspec run --passphrase=*** --seed 7'],
  ['mqttspec run mqtt://localhost id:connect/*', 'mqttspec run mqtt://localhost id:connect/*'],
])('%s', (command, shown) => {
  expect(maskCommand(command)).toBe(shown);
});

test('secrets in URLs do not get into the file', () => {
  const { target, run, ...rest } = sampleResult();
  const endpoints = [
    { ...target.endpoints[0], url: 'ws://user:hunter2@host/m?key=hunter3', transport: 'ws' as const, roundTripMs: 1 },
  ];
  const text = writeRunResult({
    ...rest,
    target: { ...target, endpoints },
    run: { ...run, command: 'mqttspec run ws://user:hunter2@host/m?key=hunter3' },
  });
  expect(text).not.toMatch(/hunter/);
  expect(text).toContain('ws://host/m?key=***');
});

test('long texts are cut, and say how long they were', () => {
  const text = writeRunResult(sampleResult([{ ...FAILED, actual: 'x'.repeat(RESULT_LIMITS.text + 1) }]));
  expect(text).toContain(`x … (${RESULT_LIMITS.text + 1} characters)`);
});

test('beyond the limit passes give up their transcripts, failures keep theirs', () => {
  const bytes = 'A'.repeat(4_000_000);
  const entry = { at: 0, connection: 1, direction: 'in', layer: 'mqtt', summary: 's', bytes } as const;
  const transcript = { connections: [], entries: [entry, entry], omitted: 1 };
  const cases = [...Array.from({ length: 8 }, () => ({ ...PASSED, transcript })), { ...FAILED, transcript }];
  const written = JSON.parse(writeRunResult(sampleResult(cases))) as { cases: (typeof FAILED)[] };
  const kept = written.cases.map((one) => one.transcript?.entries.length);
  expect(kept).toEqual([0, 2, 2, 2, 2, 2, 2, 2, 2]);
  expect(written.cases[0]?.transcript?.omitted).toBe(3);
});
