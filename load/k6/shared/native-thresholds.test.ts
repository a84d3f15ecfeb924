import { expect, test } from 'vitest';
import { planOf } from '../../profiles/plan-of.ts';
import { profileNamed } from '../../profiles/profiles.ts';
import { nativeThresholds } from './native-thresholds.ts';

const of = (thresholds: Record<string, string[]>) =>
  nativeThresholds(
    planOf({ ...profileNamed('smoke'), thresholds }, { transport: 'ws', runId: '0a1b2c3d', set: { seconds: '5' } }),
    2,
  );

test('a trend and a rate have a companion that fails without samples', () => {
  expect(of({ message_latency: ['p(99)<250', 'max<900'], delivered: ['rate==1'] })).toEqual({
    message_latency: ['p(99)<250', 'max<900'],
    message_latency_samples: ['count>0'],
    delivered: ['rate==1'],
    delivered_samples: ['count>0'],
  });
});

test('that nothing was lost says something only where something was expected', () => {
  expect(of({ messages_lost: ['count==0'], connections_dropped: ['count==0'] })).toEqual({
    messages_lost: ['count==0'],
    messages_expected: ['count>0'],
    connections_dropped: ['count==0'],
  });
});

test('k6’s rate of a counter is of the whole run, ours of the measured time', () => {
  expect(of({ messages_received: ['rate>100'] })).toEqual({ messages_received: ['count>500'] });
});

test('k6 has no count of a trend', () => {
  expect(of({ connect_time: ['count>3'] })).toEqual({ connect_time_samples: ['count>3', 'count>0'] });
});
