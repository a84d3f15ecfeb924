import { planOf } from '../../profiles/plan-of.ts';
import { profileNamed } from '../../profiles/profiles.ts';
import { RECORD_FORMAT, type UserRecord } from '../shared/record.ts';

/** The record of a virtual user that has counted nothing, and `more`. */
export function makeRecord(user: number, more: Partial<UserRecord> = {}): UserRecord {
  const plan = planOf(profileNamed('smoke'), { transport: 'ws', runId: '0a1b2c3d' });
  return {
    format: RECORD_FORMAT,
    runId: plan.runId,
    user,
    users: 2,
    segment: '0:1',
    config: {
      engine: 'k6',
      plan,
      url: 'ws://127.0.0.1:9001/mqtt',
      headers: {},
      users: 2,
      tickMs: 20,
      settleSeconds: 2,
      metrics: false,
      records: true,
      insecure: false,
    },
    startedAt: 1_700_000_000_000,
    durationMs: 7000,
    complete: true,
    quiet: true,
    unready: 0,
    measuredMs: 5000,
    trends: {},
    counters: {},
    whole: {},
    delivery: [],
    sends: { onTime: 0, late: 0, blocked: 0 },
    stages: [],
    points: [],
    errors: [],
    invariants: [],
    lagMs: 0,
    ...more,
  };
}
