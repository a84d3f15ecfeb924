import { describe, expect, it } from 'vitest';
import { createBroker, type BrokerOptions } from '#broker';
import { memoryPair, seededRandom, VirtualClock } from '#io';
import { defineCase, instancesOf, collectCases } from '#kit';
import type { Dial } from '#net';
import type { Need } from '#spec';
import { parseTarget, type TargetInput } from '#target';
import { NotTestableError } from './errors.ts';
import { missingNeed } from './needs.ts';
import { preflight, type Preflight } from './preflight.ts';

async function flown(
  broker: Partial<BrokerOptions> = {},
  input: Partial<TargetInput> = {},
  latency = 0,
): Promise<Preflight> {
  const clock = new VirtualClock();
  const served = createBroker({ clock, random: seededRandom('broker').bytes, ...broker });
  const dial: Dial = (endpoint) => {
    const [ours, theirs] = memoryPair(clock, { latency });
    served.accept(theirs, endpoint.transport === 'ws' ? 'ws' : 'tcp');
    return Promise.resolve({ ok: true, duplex: ours });
  };
  const target = parseTarget({ url: 'ws://localhost/mqtt', ...input });
  const signal = new AbortController().signal;
  return clock.run(preflight({ target, clock, dial, random: seededRandom('preflight'), signal }));
}

const probed = ({ records }: Preflight): Record<string, string | undefined> =>
  Object.fromEntries(records.map(({ name, probed: found }) => [name, found]));
const advertised = ({ records }: Preflight): Record<string, string | undefined> =>
  Object.fromEntries(records.map(({ name, advertised: found }) => [name, found]));

/** Why a case with this need would be skipped. */
function skipped(known: Preflight, need: Need): string | undefined {
  const one = defineCase({
    title: 'x',
    verifies: { '5.0': ['MQTT-3.1.4-5'] },
    needs: [need],
    run: () => Promise.resolve(),
  });
  const cases = collectCases({ 'test/x': { one } });
  const { endpoints } = known.circumstances.target;
  const [instance] = instancesOf(cases, { versions: ['5.0'], endpoints });
  if (instance === undefined) throw new Error('no instance');
  return missingNeed(instance, known.circumstances);
}

describe('preflight', () => {
  it('finds versions, capabilities and a short way', async () => {
    const known = await flown();
    expect(known.versions).toEqual(['3.1.1', '5.0']);
    expect(probed(known)).toMatchObject({
      retain: 'yes',
      wildcard: 'yes',
      shared: 'yes',
      subid: 'yes',
      'maximum-qos': '2',
    });
    expect(known).toMatchObject({ delivers: true, timing: { replyMs: 2_000, settleMs: 10, graceMs: 3_000 } });
  });

  it('gives a far broker more time', async () => {
    const { timing, endpoints } = await flown({}, {}, 50);
    expect(endpoints[0]?.roundTripMs).toBe(100);
    expect(timing.replyMs).toBeGreaterThanOrEqual(2_400);
  });

  it('gives a slow broker more time', async () => {
    const { timing } = await flown({ variants: ['slow-suback'] });
    expect(timing.replyMs).toBe(12_000);
  });

  it.each([
    ['no-retained-messages', 'retain', 'needs retained messages (CONNACK says unavailable)'],
    ['no-shared-subscriptions', 'shared', 'needs shared subscriptions (CONNACK says unavailable)'],
    ['no-wildcard-subscriptions', 'wildcard', 'needs wildcard subscriptions (CONNACK says unavailable)'],
    ['no-subscription-identifiers', 'subid', 'needs subscription identifiers (CONNACK says unavailable)'],
  ] as const)('%s', async (variant, need, reason) => {
    const known = await flown({ variants: [variant] });
    expect(advertised(known)[need]).toBe('no');
    expect(probed(known)[need]).toBe('no');
    expect(skipped(known, need)).toBe(reason);
    expect(skipped(known, `${need}-off-broker`)).toBeUndefined();
    const declared = await flown({ variants: [variant] }, { declared: [need] });
    expect(skipped(declared, need)).toBeUndefined();
  });

  it('asks what needs its numbers of them', async () => {
    const small = await flown({ limits: { maximumQos: 1, receiveMaximum: 10, topicAliasMaximum: 0 } });
    expect(skipped(small, 'qos2')).toBe('needs deliveries of QoS 2 (Maximum QoS is 1, CONNACK)');
    expect(skipped(small, 'qos-limited-broker')).toBeUndefined();
    expect(skipped(small, 'recv-max-practical')).toBeUndefined();
    expect(skipped(small, 'topic-alias')).toBe('needs topic aliases (CONNACK grants no alias)');
    expect(small.capabilities).toMatchObject({ maximumQos: 1, receiveMaximum: 10 });
    const whole = await flown();
    expect(skipped(whole, 'qos2')).toBeUndefined();
    expect(skipped(whole, 'qos-limited-broker')).toBe(
      'needs a broker whose Maximum QoS is below 2 (this one takes QoS 2)',
    );
  });

  it('says what can not be had here', async () => {
    const known = await flown();
    expect(skipped(known, 'tls')).toBe('needs TLS (this endpoint has none)');
    expect(skipped(known, 'tcp-listener')).toBe(
      'needs a plain TCP listener of the same broker (give it by --also mqtt://…)',
    );
    expect(skipped(await flown({}, { also: ['mqtt://localhost'] }), 'tcp-listener')).toBeUndefined();
    expect(skipped(known, 'auth')).toBe('needs authentication of clients (no credentials were given)');
  });

  it('tells refused credentials, and which version was meant', async () => {
    const users = [{ username: 'alice', password: Uint8Array.of(1) }];
    const error: unknown = await flown({ users }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotTestableError);
    expect(error).toMatchObject({
      failure: { face: 'connack-refused', tries: ['the broker needs credentials: --username … --password-file FILE'] },
    });
    const known = await flown({ users }, { username: 'alice', password: Uint8Array.of(1) });
    expect(skipped(known, 'auth')).toBeUndefined();
  });
});
