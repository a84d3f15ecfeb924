import { afterEach, describe, expect, it } from 'vitest';
import { startBroker, type Alteration } from '#broker';
import { REQUIREMENTS, type RequirementKey } from '#spec';
import { SMOKE } from '../profiles/named/smoke.ts';
import { INVARIANTS, type Profile } from '../profiles/profile.ts';
import { requirementsOf } from './invariants.ts';
import { loadInline } from './testing/load-inline.ts';

type Rewrite = NonNullable<Alteration['rewrite']>;
type Broker = Awaited<ReturnType<typeof startBroker>>;
const open: Broker[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

/** A broker that does something else with every hundredth delivery. */
async function strange(change: Rewrite): Promise<Broker> {
  let nth = 0;
  const rewrite: Rewrite = (effect, about) => {
    if (effect.kind !== 'send' || effect.packet.type !== 'PUBLISH') return [effect];
    nth += 1;
    return nth % 100 === 0 ? change(effect, about) : [effect];
  };
  const broker = await startBroker({ alterations: [{ rewrite }] });
  open.push(broker);
  return broker;
}

const broken = async (broker: Broker, profile: string, set: Record<string, string>) => {
  const { invariants, conclusion } = await loadInline(profile, broker.wsUrl, { set });
  return { conclusion, all: invariants.filter((one) => one.broken > 0) };
};

/** `smoke`, whose subscribers allow so many open deliveries. */
const withReceiveMaximum = (receiveMaximum: number): Profile => ({
  ...SMOKE,
  populations: SMOKE.populations.map((one) => (one.name === 'subscribers' ? { ...one, receiveMaximum } : one)),
});

const SET = { seconds: '1', rate: '400', pairs: '2', payload: '60' };

describe('a promise that is broken under load fails the run, with what shows it', () => {
  it.each(['0', '1', '2'])('DUP on a first delivery at QoS %s', async (qos) => {
    const broker = await strange((effect) =>
      effect.kind === 'send' && effect.packet.type === 'PUBLISH'
        ? [{ ...effect, packet: { ...effect.packet, dup: true } }]
        : [effect],
    );
    const { conclusion, all } = await broken(broker, 'smoke', { ...SET, qos });
    expect(all).toMatchObject([{ name: 'dup', broken: 4, requirements: ['5.0/MQTT-3.3.1-3'] }]);
    expect(conclusion.exitCode).toBe(1);
    expect(conclusion.sentence).toContain('broke a promise of the standard under load: dup, 4 times');
    expect(all[0]?.first?.message).toContain('for the first time with DUP 1');
    expect(all[0]?.first?.transcript.at(-1)).toContain('< PUBLISH dup');
  });

  describe('more open deliveries than Receive Maximum', () => {
    // Eight messages in one write, to a broker that opens eight where five were allowed.
    const most = 5;
    const burst = async (broker: Broker, qos: number) => {
      const profile = withReceiveMaximum(most);
      const stages = profile.stages.map((stage): Profile['stages'][number] =>
        stage.name === 'steady'
          ? {
              name: 'steady',
              role: 'steady',
              do: [{ do: 'publish', who: ['publishers'], perSecond: 1e6, messages: 8 }],
            }
          : stage,
      );
      const { invariants } = await loadInline({ ...profile, stages }, broker.wsUrl, {
        set: { pairs: '1', qos: String(qos) },
      });
      return invariants.find(({ name }) => name === 'receive-maximum');
    };

    it.each([1, 2])('is counted for each that is too many, QoS %d', async (qos) => {
      const broker = await startBroker({ alterations: [{ decide: { 'deliver.window': () => 8 } }] });
      open.push(broker);
      const found = await burst(broker, qos);
      expect(found).toMatchObject({ checked: 8, broken: 3, requirements: ['5.0/MQTT-3.3.4-9'] });
      expect(found?.first?.message).toBe('PUBLISH 6 is the 6th open one, and Receive Maximum is 5');
    });

    it('at QoS 2 a delivery is open until PUBCOMP, so a PUBREL that never comes keeps it open', async () => {
      // By then all PUBRECs are long away: only what is open counts.
      const rewrite: Rewrite = (effect) => (effect.kind === 'send' && effect.packet.type === 'PUBREL' ? [] : [effect]);
      const broker = await startBroker({ alterations: [{ decide: { 'deliver.window': () => 8 } }, { rewrite }] });
      open.push(broker);
      const { invariants } = await loadInline(withReceiveMaximum(most), broker.wsUrl, {
        set: { ...SET, pairs: '3', rate: '100', qos: '2' },
      });
      expect(invariants.find(({ name }) => name === 'receive-maximum')).toMatchObject({ checked: 24, broken: 9 });
    });

    it.each([1, 2])('never happens with a broker that keeps to it, QoS %d', async (qos) => {
      const broker = await startBroker({});
      open.push(broker);
      expect(await burst(broker, qos)).toMatchObject({ checked: 8, broken: 0 });
    });
  });

  it('a message after UNSUBACK', async () => {
    // The broker forgets that anybody has unsubscribed.
    const broker = await startBroker({
      alterations: [{ rewrite: (effect) => (effect.kind === 'subscription-removed' ? [] : [effect]) }],
    });
    open.push(broker);
    const profile = { ...(await import('../profiles/named/subscribe-churn.ts')).SUBSCRIBE_CHURN };
    const stages = profile.stages.flatMap((stage) =>
      stage.name === 'churn'
        ? [
            {
              name: 'leave',
              role: 'setup' as const,
              do: [{ do: 'unsubscribe' as const, who: ['churners'], perSecond: 500 }],
            },
            {
              name: 'on',
              role: 'steady' as const,
              seconds: 1,
              do: [{ do: 'publish' as const, who: ['publishers'], perSecond: 100 }],
            },
          ]
        : [stage],
    );
    const { invariants } = await loadInline({ ...profile, stages }, broker.wsUrl, {
      set: { churners: '2', publishers: '1', listeners: '1' },
    });
    const after = invariants.find(({ name }) => name === 'after-unsubscribe');
    expect(after).toMatchObject({ requirements: ['5.0/MQTT-3.10.4-2'], broken: 200 });
    expect(after?.first?.message).toContain('was sent after UNSUBACK');
  });
});

it('every invariant names requirements that are in the catalogue', () => {
  for (const name of INVARIANTS) {
    for (const version of ['3.1.1', '5.0'] as const) {
      const keys = requirementsOf(name, version);
      if (name !== 'receive-maximum' || version === '5.0') expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) expect(REQUIREMENTS.has(key as RequirementKey), key).toBe(true);
    }
  }
});
