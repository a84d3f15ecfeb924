import { expect, it } from 'vitest';
import { VirtualClock } from '#io';
import { Histogram } from '#results';
import type { LoadProgress } from '../engine/run-load.ts';
import { planOf } from '../profiles/plan-of.ts';
import { profileNamed } from '../profiles/profiles.ts';
import { LiveUsers } from './live.ts';
import type { RecordedPoint } from './shared/record.ts';
import type { Told } from './shared/told.ts';

const PLAN = planOf(profileNamed('smoke'), { transport: 'ws', runId: '0badcafe' });

const point = (received: number, ms: number): RecordedPoint => {
  const latency = new Histogram();
  for (let n = 0; n < received; n += 1) latency.record(ms);
  const counted = { connections: 4, wanted: 4, sent: received, received, late: 1, blocked: 0, errors: 0, lagMs: 2 };
  return { ...counted, latency: latency.toJSON() };
};

const told = (user: number, second: number, points: readonly RecordedPoint[]): Told => ({
  user,
  stage: 1,
  second,
  points,
  whole: { messages_sent: 10 * second, messages_lost: 3 },
});

it('puts together what the virtual users told last, and keeps the sum of all', async () => {
  const clock = new VirtualClock();
  const shown: LoadProgress[] = [];
  const live = new LiveUsers(PLAN, (progress) => shown.push(progress), clock);
  live.hear(told(1, 1, [point(5, 1)]));
  live.hear(told(2, 1, [point(7, 4)]));
  await clock.advance(1000);
  live.hear(told(1, 3, [point(1, 1), point(2, 1)]));
  await clock.advance(1000);
  expect(shown).toHaveLength(2);
  expect(shown[0]).toMatchObject({
    stage: 'steady',
    atMs: 1000,
    point: { connections: 8, sent: 12, received: 12, late: 2 },
  });
  // The newest second of each.
  expect(shown[1]).toMatchObject({ atMs: 3000, point: { sent: 9, received: 9 } });
  const { counters, deliveries, trends } = shown[1]?.totals() ?? {};
  expect(counters).toMatchObject({ messages_sent: 40 });
  expect(counters).not.toHaveProperty('messages_lost');
  expect([deliveries, trends?.message_latency?.count]).toEqual([15, 15]);
  live.hear(told(1, 4, [point(1, 1)]));
  live.close();
  await clock.advance(1000);
  expect(shown).toHaveLength(2);
});
