/** `RunResult` as a schema: the one source of the check at the edge and of `run-result.schema.json`. */
import * as v from 'valibot';
import { MQTT_VERSIONS, VERDICTS, type Level, type RequirementKey, type Verdict } from '#spec';
import { RUN_RESULT_FORMAT, type RunResult } from './run-result.ts';

/** A results file may be older or newer than this catalogue: a key only has to look like one. */
export type Plain<T> = T extends RequirementKey ? string : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;

const LEVELS = [
  'MUST',
  'MUST NOT',
  'SHOULD',
  'SHOULD NOT',
  'MAY',
  'CONTRACT',
  'DERIVED',
  'OBSERVE',
] as const satisfies readonly Level[];

const text = v.string();
const optionalText = v.exactOptional(text);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const milliseconds = v.pipe(v.number(), v.minValue(0));
const requirementKey = v.pipe(
  v.string(),
  v.regex(/^(?:(?:3\.1\.1|5\.0)\/(?:MQTT|R)-|ws\/|tls\/|cert\/)\S+$/),
  v.description('5.0/MQTT-3.1.2-24, 5.0/R-3.3.4-1, ws/upgrade/accept-key'),
);
const verdict = v.picklist(VERDICTS);
const version = v.picklist(MQTT_VERSIONS);
const transport = v.picklist(['ws', 'wss', 'mqtt', 'mqtts']);
const list = <const Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.readonly());

const transcript = v.object({
  connections: list(v.object({ connection: count, label: text })),
  entries: list(
    v.object({
      at: v.pipe(milliseconds, v.description('milliseconds since the instance began')),
      connection: v.pipe(count, v.description('lane of the connection, from 1; 0 is the harness itself')),
      direction: v.picklist(['out', 'in', 'note']),
      layer: v.picklist(['tcp', 'tls', 'http', 'websocket', 'mqtt', 'harness']),
      summary: text,
      size: v.exactOptional(v.pipe(count, v.description('bytes on the wire, before anything was cut off'))),
      bytes: v.exactOptional(v.pipe(v.string(), v.base64(), v.description('base64; secrets are masked'))),
      cut: v.exactOptional(v.boolean()),
      violation: v.exactOptional(v.object({ requirement: text, message: text, offset: v.exactOptional(count) })),
    }),
  ),
  omitted: count,
});

const finding = v.object({
  requirement: requirementKey,
  level: v.picklist(LEVELS),
  verdict: v.picklist(['fail', 'warn', 'observed', 'inconclusive', 'error']),
  message: text,
  expected: optionalText,
  actual: optionalText,
  at: milliseconds,
  evidence: v.picklist(['wire', 'deadline']),
  by: v.picklist(['case', 'referee']),
  entry: v.exactOptional(v.pipe(v.number(), v.integer(), v.description('index into transcript.entries'))),
});

const instance = v.object({
  instance: v.pipe(text, v.description('connect/second-connect@5.0/ws')),
  id: v.pipe(text, v.description('connect/second-connect')),
  row: optionalText,
  version: v.exactOptional(version),
  transport,
  suite: text,
  title: text,
  verdict,
  reason: optionalText,
  verifies: list(requirementKey),
  expected: optionalText,
  actual: optionalText,
  steps: list(
    v.object({
      at: milliseconds,
      title: text,
      outcome: v.picklist(['done', 'failed', 'not-reached']),
      detail: optionalText,
    }),
  ),
  findings: list(finding),
  transcript: v.exactOptional(transcript),
  pictures: v.exactOptional(
    list(v.object({ title: text, mediaType: v.picklist(['image/jpeg', 'image/png']), data: v.pipe(text, v.base64()) })),
  ),
  startedMs: milliseconds,
  durationMs: milliseconds,
  attempts: count,
});

const target = v.object({
  label: text,
  endpoints: list(
    v.object({
      url: text,
      transport,
      tls: optionalText,
      subprotocol: optionalText,
      roundTripMs: milliseconds,
    }),
  ),
  versions: list(version),
  capabilities: list(v.object({ name: text, declared: optionalText, advertised: optionalText, probed: optionalText })),
  settleMs: milliseconds,
  graceMs: milliseconds,
});

const counts = v.object(
  Object.fromEntries(VERDICTS.map((one) => [one, count])) as { readonly [V in Verdict]: typeof count },
);

export const runResultSchema = v.object({
  format: v.literal(RUN_RESULT_FORMAT),
  tool: v.object({ name: v.literal('mqttspec'), version: text, suiteVersion: text, node: text }),
  run: v.object({
    id: text,
    startedAt: v.pipe(v.string(), v.isoTimestamp()),
    durationMs: milliseconds,
    seed: text,
    command: text,
    selection: optionalText,
    ended: v.exactOptional(v.picklist(['interrupted', 'broker-down', 'time-limit'])),
  }),
  target,
  cases: list(instance),
  conclusion: v.object({
    exitCode: count,
    sentence: text,
    counts,
    must: v.object({ exercised: count, violated: count, applicable: count }),
    should: v.object({ exercised: count, violated: count }),
    leftOut: list(text),
  }),
}) satisfies v.GenericSchema<unknown, Plain<RunResult>>;
