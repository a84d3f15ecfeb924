/** Runs that never were, as large and as strange as real ones: for tests of reports only. */
import { MQTT_VERSIONS, REQUIREMENTS, VERDICTS, type Requirement, type RequirementKey, type Verdict } from '#spec';
import { RUN_RESULT_FORMAT, type InstanceResult, type RunResult } from '#results';
import { curatedInstances } from './curated-instances.ts';
import { roundTrip } from './sample-transcripts.ts';

export interface SampleOptions {
  readonly label?: string;
  /** Instances. */
  readonly cases?: number;
  /** Each so many of them fails. */
  readonly failsEach?: number;
  readonly startedAt?: string;
}

export function sampleRun({
  label = 'Mosquitto 2.0.11',
  cases = 120,
  failsEach = 9,
  startedAt = '2026-11-22T10:04:31.000Z',
}: SampleOptions = {}): RunResult {
  const curated = curatedInstances();
  const taken = new Set(curated.map(({ instance }) => instance));
  const made = observable()
    .flatMap((one, index) => instanceOf(one, index, failsEach))
    .filter(({ instance }) => !taken.has(instance));
  const all = [...curated, ...made].slice(0, cases);
  const of = (verdict: Verdict): number => all.filter((one) => one.verdict === verdict).length;
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, of(verdict)])) as Record<Verdict, number>;
  const sentence =
    counts.fail > 0
      ? `${label} does not conform: ${counts.fail} of 214 applicable MUST requirements violated`
      : `${label} conforms`;
  return {
    format: RUN_RESULT_FORMAT,
    tool: { name: 'mqttspec', version: '0.1.0', suiteVersion: '1a2b3c4d', node: '20.20.2' },
    run: {
      id: 'r1',
      startedAt,
      durationMs: 8213.4,
      seed: '7f3a91',
      command: 'mqttspec run ws://localhost:9001/mqtt --also mqtt://localhost:1883',
    },
    target: {
      label,
      endpoints: [
        { url: 'ws://localhost:9001/mqtt', transport: 'ws', subprotocol: 'mqtt', roundTripMs: 0.84 },
        { url: 'mqtts://localhost:8883', transport: 'mqtts', tls: 'TLSv1.3 TLS_AES_256_GCM_SHA384', roundTripMs: 1.92 },
      ],
      versions: MQTT_VERSIONS,
      capabilities: [
        { name: 'retain', advertised: 'available', probed: 'available' },
        { name: 'shared', advertised: 'available', probed: 'unavailable' },
        { name: 'topic-alias', advertised: '10' },
        { name: 'acl', declared: 'configured' },
      ],
      settleMs: 20,
      graceMs: 2000,
    },
    cases: all,
    conclusion: {
      exitCode: counts.fail > 0 ? 1 : 0,
      sentence,
      counts,
      must: { exercised: 195, violated: counts.fail, applicable: 214 },
      should: { exercised: 12, violated: counts.warn },
      leftOut: ['3 destructive cases (target is not loopback)'],
    },
  };
}

const observable = (): Requirement[] => [...REQUIREMENTS.values()].filter((one) => one.observable !== 'no');

function instanceOf(one: Requirement, index: number, failsEach: number): InstanceResult {
  const version = one.version;
  const suite = one.group ?? `section-${one.section.split('.').slice(0, 2).join('.')}`;
  const id = `${suite}/${one.id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
  const verdict = verdictOf(one, index, failsEach);
  const at = `@${version === undefined ? '' : `${version}/`}ws`;
  return {
    instance: `${id}${at}`,
    id,
    ...(version === undefined ? {} : { version }),
    transport: 'ws',
    suite,
    title: one.title,
    verdict,
    ...(verdict === 'skip' ? { reason: 'needs shared subscriptions (CONNACK says unavailable)' } : {}),
    ...(verdict === 'observed' ? { reason: 'acknowledges with 0x10' } : {}),
    verifies: [one.key],
    steps: [
      { at: 0, title: 'connect', outcome: 'done' },
      { at: 1.4, title: 'subscribe to ms7f3a/a', outcome: 'done' },
    ],
    findings: verdict === 'fail' || verdict === 'warn' ? [finding(one.key, one, verdict)] : [],
    transcript: roundTrip(version ?? '5.0', index),
    startedMs: index * 12,
    durationMs: 2.5 + (index % 17),
    attempts: 1,
  };
}

function verdictOf({ level }: Requirement, index: number, failsEach: number): Verdict {
  if (level === 'MAY' || level === 'OBSERVE') return 'observed';
  if (failsEach > 0 && index % failsEach === 3)
    return level.startsWith('SHOULD') || level === 'DERIVED' ? 'warn' : 'fail';
  return index % 23 === 7 ? 'skip' : 'pass';
}

function finding(key: RequirementKey, { level, title }: Requirement, verdict: 'fail' | 'warn') {
  return {
    requirement: key,
    level,
    verdict,
    message: title,
    expected: 'PUBACK 0x00 or 0x10',
    actual: 'DISCONNECT 0x82 Protocol Error',
    at: 3.2,
    evidence: 'wire',
    by: 'referee',
    entry: 7,
  } as const;
}
