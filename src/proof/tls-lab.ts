/** The reference broker with TLS on real sockets, as a target with every certificate: what memory can't prove. */
import { startBroker, type BrokerTls, type RunningBroker } from '#broker';
import { realClock } from '#io';
import { executeInstance, instancesOf, noLeftovers, type Case, type Instance, type Timing } from '#kit';
import { socketDial } from '#net';
import type { InstanceResult } from '#results';
import { missingNeed } from '#runner';
import type { FaultName, VariantName } from '#spec';
import { parseTarget, type Target, type TargetPki } from '#target';
import { grouped } from './grouped.ts';
import { learn, type Learned } from './learn.ts';
import { skippedResult } from './unrun-result.ts';

/** Every certificate to show, and the listener's own. */
export interface Material {
  readonly pki: TargetPki;
  readonly tls: BrokerTls;
}

/** Milliseconds on loopback. */
const TIMING: Timing = { replyMs: 5_000, settleMs: 20, graceMs: 5_000 };
/** Instances at once: most of them wait. */
const ABREAST = 8;

export interface TlsLabOptions {
  readonly faults?: readonly FaultName[];
  readonly variants?: readonly VariantName[];
  /** Instances at once. Some faults strike whoever else is connected: only alone it is known whom. */
  readonly abreast?: number;
}

/** Cases of TLS, as far as no browser is needed. */
export function tlsCases(cases: readonly Case[]): Case[] {
  return cases.filter(({ file, needs = [] }) => file.startsWith('tls/') && !needs.includes('browser'));
}

/** How the listener is configured for a case, beside what all get. */
type Configuration = 'required' | 'optional' | 'held';

const configurationOf = ({ needs = [] }: Case): Configuration =>
  needs.includes('mtls-optional') ? 'optional' : needs.includes('intermediate-held') ? 'held' : 'required';

const DECLARED = {
  required: ['mtls-required', 'crl', 'identity', 'acl', 'root-only', 'slow'],
  optional: ['mtls-optional', 'crl', 'identity', 'acl', 'root-only', 'slow'],
  held: ['mtls-required', 'intermediate-held', 'slow'],
} as const satisfies Record<Configuration, readonly string[]>;

function tlsOf({ pki, tls }: Material, configuration: Configuration): BrokerTls {
  const { ca = [] } = tls;
  return {
    ...tls,
    identity: 'cn',
    requireCert: configuration !== 'optional',
    ...(configuration === 'held' ? { ca: [...ca, pki.intermediate] } : {}),
  };
}

/** Where a case is run: over WSS and over MQTT with TLS. */
const DOORS = [
  { url: 'wss://localhost/mqtt', transport: 'wss', host: 'localhost', port: 443, path: '/mqtt' },
  { url: 'mqtts://localhost', transport: 'mqtts', host: 'localhost', port: 8883, path: '' },
] as const;

/** For cases about TLS where there is none. */
const PLAIN_DOOR = { url: 'ws://localhost/mqtt', transport: 'ws', host: 'localhost', port: 80, path: '/mqtt' } as const;

export function tlsInstances(definition: Case): Instance[] {
  const endpoints = definition.needs?.includes('tls') === true ? DOORS : [PLAIN_DOOR];
  return instancesOf([definition], { versions: ['3.1.1', '5.0'], endpoints });
}

/** Runs instances on a broker of their own for each configuration that they need. */
export async function runOverTls(
  instances: readonly Instance[],
  material: Material,
  options: TlsLabOptions = {},
): Promise<InstanceResult[]> {
  const groups = grouped(instances, (instance) => configurationOf(instance.case));
  const results = [...groups].map(([configuration, group]) => runGroup(group, configuration, material, options));
  return (await Promise.all(results)).flat();
}

async function runGroup(
  instances: readonly Instance[],
  configuration: Configuration,
  material: Material,
  { abreast = ABREAST, ...options }: TlsLabOptions,
): Promise<InstanceResult[]> {
  const running = await startBroker({ ...options, path: '/mqtt', tls: tlsOf(material, configuration) });
  try {
    const target = targetOf(running, material, configuration);
    const learned = await learnedOf(configuration, material);
    const queue = instances
      .map((instance) => placed(instance, target))
      .toSorted((one, other) => (other.case.takes ?? 0) - (one.case.takes ?? 0));
    const results: InstanceResult[] = [];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        results.push(await runOne(next, target, learned));
      }
    };
    await Promise.all(Array.from({ length: abreast }, worker));
    return results;
  } finally {
    await running.close();
  }
}

function targetOf(running: RunningBroker, { pki }: Material, configuration: Configuration): Target {
  const { wssUrl = '', mqttsUrl = '', wsUrl } = running;
  // The certificate names localhost, and some cases are about names.
  const named = (url: string): string => url.replace('127.0.0.1', 'localhost');
  return parseTarget({
    url: named(wssUrl),
    also: [named(mqttsUrl), wsUrl],
    pki,
    declared: DECLARED[configuration],
    topicPrefix: 'mqttspec/',
  });
}

/** The endpoint of this broker instead of the one that the instance was made for. */
function placed(instance: Instance, { endpoints }: Target): Instance {
  const endpoint = endpoints.find(({ transport }) => transport === instance.transport);
  return endpoint === undefined ? instance : { ...instance, endpoint };
}

const LEARNED = new Map<Configuration, Promise<Learned>>();

/** Asked once, on a clean broker: what a faulty one says of itself must not decide which cases it meets. */
function learnedOf(configuration: Configuration, material: Material): Promise<Learned> {
  const known = LEARNED.get(configuration) ?? learnedOnClean(configuration, material);
  LEARNED.set(configuration, known);
  return known;
}

async function learnedOnClean(configuration: Configuration, material: Material): Promise<Learned> {
  const running = await startBroker({ path: '/mqtt', tls: tlsOf(material, configuration) });
  try {
    const target = targetOf(running, material, configuration);
    return await learn(realClock(), socketDial(target, realClock()), target);
  } finally {
    await running.close();
  }
}

async function runOne(instance: Instance, target: Target, learned: Learned): Promise<InstanceResult> {
  const missing = missingNeed(instance, { ...learned.circumstances, target });
  if (missing !== undefined) return skippedResult(instance, missing);
  const clock = realClock();
  return executeInstance(instance, {
    clock,
    dial: socketDial(target, clock),
    target,
    timing: TIMING,
    capabilities: learned.capabilities,
    leftovers: noLeftovers(),
    signal: new AbortController().signal,
    seed: 'tls',
  });
}
