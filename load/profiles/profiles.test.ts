import { describe, expect, it } from 'vitest';
import { parseProfile } from './parse-profile.ts';
import { planOf } from './plan-of.ts';
import { PRESET_EXAMPLES, presetOf } from './presets.ts';
import { ProfileError } from './profile-error.ts';
import type { Profile } from './profile.ts';
import { profileNamed, PROFILES } from './profiles.ts';

const SETTINGS = { transport: 'wss', runId: '0badcafe' } as const;

const refused = (act: () => unknown): ProfileError => {
  try {
    act();
  } catch (error) {
    if (error instanceof ProfileError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('the profiles that come along', () => {
  it.each(PROFILES.map((one) => [one.name, one] as const))('%s is valid and can be planned', (_name, profile) => {
    expect(parseProfile(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
    for (const version of profile.versions ?? (['3.1.1', '5.0'] as const)) {
      const plan = planOf(profile, { ...SETTINGS, version });
      expect(plan.version).toBe(version);
      expect(plan.clients).toBeGreaterThan(0);
      expect(plan.stages.some(({ role }) => role === 'steady')).toBe(true);
      expect(plan.thresholds.length).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    }
  });

  it('have names of their own, at least fourteen', () => {
    expect(new Set(PROFILES.map(({ name }) => name)).size).toBe(PROFILES.length);
    expect(PROFILES.length).toBeGreaterThanOrEqual(14);
  });

  it('are found by name, and a near miss is named', () => {
    expect(profileNamed('smoke').name).toBe('smoke');
    expect(refused(() => profileNamed('smok')).hint).toContain('did you mean smoke?');
  });
});

describe('published names', () => {
  it.each(PRESET_EXAMPLES)('%s', (name) => {
    expect(profileNamed(name).name).toBe(name);
  });

  it('mean what the suite says', () => {
    const plan = (name: string) => planOf(presetOf(name) as Profile, SETTINGS).parameters;
    expect(plan('fanout-5-1000-5-250K')).toMatchObject({
      publishers: 5,
      subscribers: 1000,
      rate: 250,
      seconds: 1800,
      qos: 1,
    });
    expect(plan('singlenode-conn-tcp-1M-5K')).toMatchObject({ clients: 1_000_000, rate: 5000, hold: 1800 });
    expect(plan('p2p-1K-1K-1K-2K')).toMatchObject({ pairs: 1000, rate: 2000 });
    expect(plan('sharesub-50K-500-50K-50K')).toMatchObject({ publishers: 50_000, members: 500, rate: 50_000 });
  });

  it('say that their payloads are larger than published, where they have any', () => {
    expect(presetOf('p2p-1K-1K-1K-2K')?.title).toContain('with 40 bytes instead of 16');
    expect(presetOf('conn-tcp-1M-5K')?.title).not.toContain('bytes');
    const small = planOf(presetOf('p2p-1K-1K-1K-2K') as Profile, { ...SETTINGS, set: { payload: '16' } });
    expect(small.payloadsChecked).toBe(false);
  });

  it.each(['p2p-10-20-10-10', 'fanout-0-1-0-1', 'fanout-1-2-3-4', 'p2p-1K-1K-1K'])('%s is none', (name) => {
    expect(presetOf(name)).toBeUndefined();
  });
});

describe('parameters', () => {
  const set = (values: Record<string, string>) => planOf(profileNamed('smoke'), { ...SETTINGS, set: values });

  it('are taken as typed', () => {
    expect(set({ pairs: '1K', rate: '2.5k' }).parameters).toMatchObject({ pairs: 1000, rate: 2500 });
    expect(set({ pairs: '7' }).populations.map(({ count }) => count)).toEqual([7, 7]);
  });

  it.each<[Record<string, string>, string]>([
    [{ pair: '1' }, "the profile smoke has no parameter 'pair'"],
    [{ pairs: 'many' }, 'pairs=many: it takes a whole number from 1 to 10000'],
    [{ pairs: '0' }, 'pairs=0: it takes a whole number from 1 to 10000'],
    [{ pairs: '1.5' }, 'pairs=1.5: it takes a whole number from 1 to 10000'],
    [{ qos: '3' }, 'qos=3: it takes a whole number from 0 to 2'],
  ])('%j', (values, message) => {
    expect(refused(() => set(values)).message).toBe(message);
  });

  it('refuse a word that is no choice', () => {
    const act = () => planOf(profileNamed('steady-pubsub'), { ...SETTINGS, set: { packing: 'all' } });
    expect(refused(act).message).toBe('packing=all: it takes one, many, split');
  });

  it('stand in thresholds, and the user’s replace those of the profile', () => {
    const plan = planOf(profileNamed('smoke'), {
      ...SETTINGS,
      set: { p99: '7' },
      thresholds: { delivered: ['rate>0.5'], message_latency: ['max<9'] },
    });
    const written = plan.thresholds.map(({ metric, expression }) => `${metric} ${expression}`);
    expect(written).toContain('message_latency p(99)<7');
    expect(written).toContain('message_latency max<9');
    expect(written).toContain('delivered rate>0.5');
    expect(written).not.toContain('delivered rate==1');
  });
});

describe('what cannot be meant', () => {
  const changed = (change: object): ProfileError =>
    refused(() => parseProfile({ ...profileNamed('smoke'), ...change }, 'mine.json'));

  it.each<[string, object, string]>([
    ['another file', { format: 'x' }, 'mine.json: not a profile'],
    ['a field too many', { speed: 1 }, 'mine.json: speed: there is no such field'],
    [
      'a population that is not there',
      { stages: [{ name: 'x', role: 'steady', do: [{ do: 'stall', who: ['nobody'] }] }] },
      "mine.json: stage x: there is no population 'nobody'",
    ],
    ['a parameter that is not there', { packing: '$packin' }, "mine.json: there is no parameter 'packin'"],
    ['a metric that is not there', { thresholds: { latency: ['p(99)<1'] } }, "mine.json: there is no metric 'latency'"],
    [
      'an expression',
      { thresholds: { delivered: ['p(99)<1'] } },
      'mine.json: delivered is a rate and has no p(99): write rate>0.99',
    ],
    ['no stage', { stages: [] }, 'mine.json: stages: 0 is not at least one stage'],
  ])('%s', (_what, change, message) => {
    expect(changed(change).message).toBe(message);
  });

  it('names the nearest metric', () => {
    expect(changed({ thresholds: { message_latenzy: ['p(99)<1'] } }).hint).toBe('did you mean message_latency?');
  });

  it('refuses a version that the profile does not have', () => {
    const act = () => planOf(profileNamed('shared-subscription'), { ...SETTINGS, version: '3.1.1' });
    expect(refused(act).message).toBe('the profile shared-subscription needs MQTT 5.0');
  });

  it('refuses TLS profiles without TLS', () => {
    const act = () => planOf(profileNamed('tls-handshake-storm'), { ...SETTINGS, transport: 'ws' });
    expect(refused(act).code).toBe('PROFILE_INVALID');
  });
});
