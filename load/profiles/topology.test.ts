import { expect, it } from 'vitest';
import { planOf } from './plan-of.ts';
import { profileNamed } from './profiles.ts';
import {
  clientIdOf,
  dueCount,
  dueMs,
  filtersOf,
  laneFacts,
  LaneFinder,
  laneOf,
  matches,
  partToClient,
  populationOf,
} from './topology.ts';

const plan = (name: string, set: Record<string, string>) =>
  planOf(profileNamed(name), { transport: 'ws', runId: '0badcafe', set });

it('pairs meet on topics of their own', () => {
  const smoke = plan('smoke', { pairs: '3' });
  const [subscribers, publishers] = smoke.populations as [never, never];
  const finder = new LaneFinder(smoke);
  expect([0, 1, 2].map((client) => finder.lanesOf(filtersOf(smoke, subscribers, client)[0]?.filter ?? ''))).toEqual([
    [0],
    [1],
    [2],
  ]);
  expect(laneOf(publishers, 2, 0)).toBe(2);
  expect(laneFacts(smoke, 2)).toMatchObject({ client: 2, topic: 'mqttspec/0badcafe/pair/2', qos: 1, kind: 'publish' });
  expect(populationOf(smoke, 3)).toBe(publishers);
  expect(clientIdOf(smoke, 40)).toBe('ms0badcafe14');
});

it('a wildcard gets every lane, a shared subscription too', () => {
  const fanIn = plan('fan-in', { publishers: '12' });
  expect(new LaneFinder(fanIn).lanesOf('mqttspec/0badcafe/in/+')).toEqual(
    Array.from({ length: 12 }, (_, lane) => lane),
  );
  const shared = plan('shared-subscription', { publishers: '3' });
  const [members] = shared.populations as [never];
  const [own] = filtersOf(shared, members, 0);
  expect(own?.filter).toBe('$share/group-0badcafe/mqttspec/0badcafe/shared/+');
  expect(new LaneFinder(shared).lanesOf(own?.filter ?? '')).toEqual([0, 1, 2]);
});

it('wills have lanes behind those of publications', () => {
  const storm = plan('will-storm', { clients: '2' });
  expect(new LaneFinder(storm).lanesOf('mqttspec/0badcafe/will/+')).toEqual([0, 1]);
  expect(laneFacts(storm, 1)).toMatchObject({ kind: 'will', client: 1, topic: 'mqttspec/0badcafe/will/1' });
});

it.each([
  ['a/+', 'a/b', true],
  ['a/+', 'a/b/c', false],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['+/b', 'a/b', true],
  ['a', 'a/b', false],
  ['a/b', 'a', false],
])('%s matches %s: %s', (filter, topic, expected) => {
  expect(matches(filter, topic)).toBe(expected);
});

it('clients take turns on the schedule', () => {
  const smoke = plan('smoke', { pairs: '2' });
  const publish = smoke.stages[1]?.do[0] as never;
  expect([0, 1].map((part) => partToClient(smoke, publish, part))).toEqual([2, 3]);
  expect(dueMs(5, 400)).toBe(12.5);
  expect([dueCount(400, 5), dueCount(3, 0.5), dueCount(0.1, 30)]).toEqual([2000, 2, 3]);
});

it('who comes and goes is not accounted strictly', () => {
  const modes = (name: string) =>
    Object.fromEntries(plan(name, {}).populations.map((one) => [one.name, one.accounting]));
  expect(modes('subscribe-churn')).toMatchObject({ listeners: 'strict', churners: 'loose' });
  expect(modes('session-backlog')).toMatchObject({ sessions: 'strict' });
  expect(modes('slow-consumer')).toMatchObject({ healthy: 'strict', stalled: 'loose' });
  expect(modes('retained-storm')).toMatchObject({ subscribers: 'retained' });
});
