import { expect, it } from 'vitest';
import { faultyBroker } from './testing/faulty-broker.ts';
import { STEP_TO_KNEE } from '../profiles/named/step-to-knee.ts';
import { loadInline } from './testing/load-inline.ts';

/** Without the condition that asks this machine to be punctual. */
const CLIMB = {
  ...STEP_TO_KNEE,
  stages: STEP_TO_KNEE.stages.map((one) =>
    one.steps === undefined ? one : { ...one, steps: { ...one.steps, holds: { message_latency: ['p(99)<$p99'] } } },
  ),
};

it('climbs until the service level breaks; what never comes counts with the time that it was waited for', async () => {
  // Two pairs: 100 messages a second in the first step, 200 in the second; from message 50 on each lane falls silent.
  const broker = await faultyBroker({ seed: 'knee', loses: (sequence) => sequence >= 50 });
  try {
    const set = { pairs: '2', from: '100', factor: '2', steps: '4', seconds: '1', p99: '1000' };
    const { knee, stages, delivery } = await loadInline(CLIMB, broker.wsUrl, { set });
    expect(knee).toMatchObject({ held: 100, broke: 200 });
    // Which of the two depends on how much else this machine does.
    expect(knee?.why).toMatch(/message_latency p\(99\)<1000 did not hold|the generator could not send faster/);
    expect(stages.map(({ name, held }) => [name, held])).toEqual([
      ['connect', undefined],
      ['step-1', true],
      ['step-2', false],
      ['drain', undefined],
    ]);
    expect(delivery[0]).toMatchObject({ sent: 300, lost: 200 });
  } finally {
    await broker.close();
  }
});
