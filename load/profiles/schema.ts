/** The form of a profile file. What its names refer to is checked by `parse-profile.ts`. */
import * as v from 'valibot';
import { INVARIANTS, PACKINGS, PROFILE_FORMAT, type Profile } from './profile.ts';

const text = v.pipe(v.string(), v.nonEmpty());
const name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'));
const ref = v.custom<`$${string}`>(
  (value) => typeof value === 'string' && /^\$[A-Za-z][A-Za-z0-9]*$/.test(value),
  "a number or a parameter such as '$publishers'",
);
const num = v.union([v.pipe(v.number(), v.finite()), ref], "a number or a parameter such as '$publishers'");
const optional = v.exactOptional;
const list = <const Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.readonly());
const END_KINDS = ['disconnect', 'close', 'reset', 'half-open'] as const;
const endKind = v.union([v.picklist(END_KINDS), ref], `one of ${END_KINDS.join(', ')}, or a parameter`);

const parameter = v.strictObject({
  title: text,
  default: v.union([v.number(), v.string(), v.boolean()]),
  min: optional(v.number()),
  max: optional(v.number()),
  fraction: optional(v.boolean()),
  choices: optional(list(v.string())),
  unit: optional(text),
});

const population = v.strictObject({
  name,
  count: num,
  keepAliveSeconds: optional(num),
  cleanStart: optional(v.boolean()),
  sessionSeconds: optional(num),
  receiveMaximum: optional(num),
  will: optional(
    v.strictObject({
      topic: text,
      qos: num,
      retain: optional(v.boolean()),
      payloadBytes: num,
      delaySeconds: optional(num),
    }),
  ),
  subscribe: optional(list(v.strictObject({ filter: text, qos: num, topics: optional(num), share: optional(name) }))),
  subscribeWhen: optional(v.picklist(['connected', 'asked'])),
  publish: optional(
    v.strictObject({
      topic: text,
      qos: num,
      topics: optional(num),
      retain: optional(v.boolean()),
      payloadBytes: num,
      inFlight: optional(num),
    }),
  ),
  tlsResume: optional(num),
});

const who = v.pipe(v.array(name), v.minLength(1, 'at least one population'), v.readonly());
const activity = v.variant(
  'do',
  [
    v.strictObject({ do: v.literal('connect'), who, perSecond: num }),
    v.strictObject({ do: v.picklist(['subscribe', 'unsubscribe']), who, perSecond: num }),
    v.strictObject({ do: v.literal('publish'), who, perSecond: num, messages: optional(num) }),
    v.strictObject({ do: v.literal('disconnect'), who, perSecond: num, how: endKind }),
    v.strictObject({ do: v.literal('reconnect'), who, perSecond: num, how: endKind }),
    v.strictObject({ do: v.literal('resubscribe'), who, perSecond: num }),
    v.strictObject({ do: v.literal('stall'), who }),
    v.strictObject({ do: v.literal('drain'), who }),
    v.strictObject({ do: v.literal('await-wills'), who }),
  ],
  'an activity: connect, subscribe, unsubscribe, publish, disconnect, reconnect, resubscribe, stall, drain or await-wills',
);

const thresholds = v.pipe(v.record(v.string(), list(v.string())), v.readonly());

const stage = v.strictObject({
  name,
  role: v.picklist(['setup', 'warm-up', 'steady', 'cool-down']),
  seconds: optional(num),
  within: optional(num),
  do: list(activity),
  steps: optional(v.strictObject({ factor: num, times: num, holds: thresholds })),
});

export const profileSchema = v.strictObject({
  format: v.literal(PROFILE_FORMAT),
  name,
  title: text,
  description: text,
  versions: optional(list(v.picklist(['3.1.1', '5.0']))),
  needs: optional(list(v.picklist(['tls']))),
  parameters: v.pipe(
    v.record(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9]*$/, 'letters and digits')), parameter),
    v.readonly(),
  ),
  populations: v.pipe(v.array(population), v.minLength(1, 'at least one population'), v.readonly()),
  stages: v.pipe(v.array(stage), v.minLength(1, 'at least one stage'), v.readonly()),
  thresholds,
  invariants: optional(list(v.picklist(INVARIANTS))),
  packing: optional(v.union([v.picklist(PACKINGS), ref])),
}) satisfies v.GenericSchema<unknown, Profile>;
