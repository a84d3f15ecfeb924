import { describe, expect, test } from 'vitest';
import { planOf } from '../../profiles/plan-of.ts';
import { profileNamed, PROFILES } from '../../profiles/profiles.ts';
import { LaneFinder, takingPart } from '../../profiles/topology.ts';
import { cannot } from '../can-carry.ts';
import { copiesByLane, plannedMessages } from './deliveries.ts';
import { ownClients, ownParts, usefulUsers } from './owner.ts';
import { isWait, thingsOf, timelineOf } from './timeline.ts';
import { Turns } from './turns.ts';

const plan = (name: string, set = {}) =>
  planOf(profileNamed(name), { transport: name.startsWith('tls') ? 'wss' : 'ws', runId: '0a1b2c3d', set });
const carried = PROFILES.map(({ name }) => name).filter((name) => cannot(plan(name), 'k6', {}) === undefined);

test('most profiles are carried', () => {
  expect(carried).toEqual(
    expect.arrayContaining([
      'smoke',
      'steady-pubsub',
      'fan-in',
      'fan-out',
      'shared-subscription',
      'connect-storm',
      'session-backlog',
      'retained-storm',
      'soak',
    ]),
  );
});

describe.each(carried)('%s', (name) => {
  const wanted = plan(name);

  test.each([1, 3, 8])('%i virtual users: each client lives in exactly one', (users) => {
    for (const population of wanted.populations) {
      const all = Array.from({ length: users }, (_, user) => ownClients(population, user + 1, users)).flat();
      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: population.count }, (_, client) => client));
    }
  });

  test('each thing of an activity is done once, by the users together', () => {
    for (const stage of wanted.stages) {
      for (const activity of stage.do) {
        if (isWait(activity) || !('perSecond' in activity)) continue;
        const count = Math.min(500, thingsOf(wanted, stage, activity));
        const done = [1, 2, 3].flatMap((user) => {
          const turns = new Turns(
            ownParts(wanted, activity, user, 3),
            takingPart(wanted, activity),
            activity.perSecond,
            count,
          );
          const ks: number[] = [];
          for (let turn = turns.take(Infinity); turn !== undefined; turn = turns.take(Infinity)) ks.push(turn.k);
          expect(turns.done).toBe(true);
          return ks;
        });
        expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k));
      }
    }
  });

  test('stages follow each other', () => {
    const times = timelineOf(wanted, 2);
    expect(times[0]?.startMs).toBe(0);
    for (const [index, { startMs, endMs }] of times.entries()) {
      expect(endMs).toBeGreaterThan(startMs);
      if (index > 0) expect(startMs).toBe(times[index - 1]?.endMs);
    }
  });
});

test('a turn is taken when it is due, not before', () => {
  const turns = new Turns([1, 3], 4, 10, 8);
  expect(turns.take(99)).toBeUndefined();
  expect(turns.take(100)).toEqual({ k: 1, part: 1, due: 100 });
  expect(turns.take(299)).toBeUndefined();
  expect(turns.take(500)).toEqual({ k: 3, part: 3, due: 300 });
  expect(turns.take(500)).toEqual({ k: 5, part: 1, due: 500 });
});

test('what the lanes of a plan get adds up to what is sent', () => {
  const wanted = plan('steady-pubsub', { pairs: '7', rate: '50', seconds: '3', warmup: '1' });
  const lanes = Array.from({ length: wanted.lanes }, (_, lane) => plannedMessages(wanted, lane));
  expect(lanes.reduce((sum, { all }) => sum + all, 0)).toBe(200);
  expect(lanes.reduce((sum, { measured }) => sum + measured, 0)).toBe(150);
});

test.each([
  ['smoke', { pairs: '3' }, [1, 1, 1]],
  ['fan-out', { publishers: '2', subscribers: '5' }, [5, 5]],
  ['fan-in', { publishers: '3' }, undefined],
  ['shared-subscription', { publishers: '2', members: '4' }, [1, 1]],
] as const)('%s: how often a message of each lane must arrive', (name, set, copies) => {
  const wanted = plan(name, set);
  const found = [...copiesByLane(wanted, new LaneFinder(wanted))];
  if (copies !== undefined) expect(found).toEqual(copies);
  expect(found.every((times) => times > 0)).toBe(true);
});

test('there are never more virtual users than have something to do', () => {
  expect(usefulUsers(plan('smoke', { pairs: '3' }), 16)).toBe(3);
  expect(usefulUsers(plan('smoke', { pairs: '30' }), 16)).toBe(16);
});
