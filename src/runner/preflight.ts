/** Before the first case: is there a broker at every endpoint, which versions does it speak, what can it do, how fast? */
import type { SeededRandom } from '#io';
import type { Capabilities, Timing } from '#kit';
import { probe, probeExtensions, type ProbeFailure, type SessionFacts, type SessionOptions } from '#net';
import type { CapabilityRecord, EndpointIdentity } from '#results';
import { MQTT_VERSIONS, type MqttVersion } from '#spec';
import { redactUrl, type Endpoint } from '#target';
import { brokerLabel } from './broker-label.ts';
import { capabilityRecords, kitCapabilities, type Sources } from './capabilities.ts';
import { NotTestableError } from './errors.ts';
import { Examiner } from './examine.ts';
import type { Circumstances } from './needs.ts';
import type { RunCasesOptions } from './options.ts';
import { calibrated } from './timing.ts';

export interface Preflight {
  readonly label: string;
  readonly versions: readonly MqttVersion[];
  readonly endpoints: readonly EndpointIdentity[];
  readonly records: readonly CapabilityRecord[];
  readonly capabilities: Capabilities;
  readonly circumstances: Circumstances;
  readonly timing: Timing;
  /** True where a message came back to its publisher: what liveness may count on. */
  readonly delivers: boolean;
}

type Input = Pick<RunCasesOptions, 'target' | 'clock' | 'dial' | 'label' | 'knownAs'> & {
  readonly random: SeededRandom;
  readonly signal: AbortSignal;
};

/** Throws `NotTestableError` where an endpoint can't be tested, or the signal aborts. */
export async function preflight(input: Input): Promise<Preflight> {
  const { target } = input;
  const [first, ...further] = target.endpoints;
  const spoken = await versionsOf(first, input);
  const newest = spoken.at(-1) as Spoken;
  const identities = [identity(first, newest.facts)];
  for (const endpoint of further) {
    const [known] = await versionsOf(endpoint, input, [newest.version]);
    identities.push(identity(endpoint, (known as Spoken).facts));
  }
  const session = sessionOptions(input, newest.version, 'examine');
  const prefix = `${target.topicPrefix}calibrate${hex(input.random.bytes(4))}/`;
  const [examined, brokerVersion, deflate] = await Promise.all([
    new Examiner(first, session, prefix).examine(),
    new Examiner(first, sessionOptions(input, newest.version, 'version'), prefix).brokerVersion(),
    probeExtensions(first, 'permessage-deflate', sessionOptions(input, newest.version, 'deflate')),
  ]);
  const probed = { ...examined, brokerVersion };
  const advertised = spoken.find(({ version }) => version === '5.0')?.facts.connack.properties;
  const sources: Sources = {
    declared: target.declared,
    advertised: spoken.some(({ version }) => version === '5.0') ? (advertised ?? {}) : undefined,
    probed,
    deflate,
  };
  const { tls } = newest.facts;
  return {
    label: input.label ?? brokerLabel(first, newest.facts, probed.brokerVersion, input.knownAs),
    versions: spoken.map(({ version }) => version),
    endpoints: identities,
    records: capabilityRecords(sources),
    capabilities: kitCapabilities(sources),
    circumstances: {
      sources,
      target,
      ...(tls === undefined ? {} : { tls: tls.protocol }),
      ...(tls?.alpn === undefined ? {} : { alpn: tls.alpn }),
    },
    timing: calibrated({
      ...probed,
      roundTrips: [...probed.roundTrips, ...spoken.map(({ facts }) => facts.roundTripMs)],
    }),
    delivers: probed.settleMs !== undefined,
  };
}

interface Spoken {
  readonly version: MqttVersion;
  readonly facts: SessionFacts;
}

async function versionsOf(endpoint: Endpoint, input: Input, wanted?: readonly MqttVersion[]): Promise<Spoken[]> {
  const versions = wanted ?? input.target.versions ?? MQTT_VERSIONS;
  // At the same time: some brokers take their time to accept a WebSocket.
  const answers = await Promise.all(
    versions.map(async (version) => ({
      version,
      found: await probe(endpoint, sessionOptions(input, version, `probe${version.replaceAll('.', '')}`)),
    })),
  );
  const spoken: Spoken[] = [];
  const failures: ProbeFailure[] = [];
  for (const { version, found } of answers) {
    if (found.ok) spoken.push({ version, facts: found });
    else failures.push(found.failure);
  }
  // Where versions were named, each of them was promised.
  const missed = input.target.versions === undefined ? spoken.length === 0 : failures.length > 0;
  if (missed) throw new NotTestableError(telling(failures));
  return spoken;
}

/** "It speaks another version" says less than whatever the right version got. */
function telling(failures: readonly ProbeFailure[]): ProbeFailure {
  const others = failures.filter(({ reasonCode }) => reasonCode !== 1 && reasonCode !== 0x84);
  return (others.find(({ face }) => face === 'connack-refused') ?? others[0] ?? failures[0]) as ProbeFailure;
}

export function sessionOptions(
  { target, clock, dial, random, signal }: Input,
  version: MqttVersion,
  purpose: string,
): SessionOptions {
  const own = random.fork(purpose);
  return {
    clock,
    dial,
    random: own,
    signal,
    version,
    credentials: target.credentials,
    headers: target.headers,
    clientId: `${target.clientIdPrefix}${hex(own.bytes(5))}`,
  };
}

function identity(endpoint: Endpoint, { tls, subprotocol, roundTripMs }: SessionFacts): EndpointIdentity {
  return {
    url: redactUrl(endpoint.url),
    transport: endpoint.transport,
    roundTripMs,
    ...(tls === undefined ? {} : { tls: `${tls.protocol} ${tls.cipher}` }),
    ...(subprotocol === undefined ? {} : { subprotocol }),
  };
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
