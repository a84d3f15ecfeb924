import { describe, expect, it } from 'vitest';
import type { WorkerFinal } from './contract.ts';
import { healthOf } from './health.ts';
import { Meters } from './meters.ts';
import { shortage } from './preflight.ts';

const final = (change: Partial<WorkerFinal>, late = 0, blocked = 0): WorkerFinal => {
  const { measured, whole, delivery } = new Meters(0);
  return {
    counters: { ...measured, sends_late: late, sends_blocked: blocked },
    whole,
    delivery,
    errors: [],
    invariants: [],
    busy: 0.2,
    starved: 0,
    gcMs: 0,
    lagMs: 3,
    writes: 10,
    writtenMessages: 20,
    deflate: { agreed: 0, declined: 0 },
    sendsOnTime: 1000,
    ...change,
  };
};

const health = (finals: readonly WorkerFinal[], beyond = { late: 0, blocked: 0, onTime: 0 }) =>
  healthOf({ finals, measuredMs: 1000, cpuSeconds: 1, rssBytes: 1, beyond });

describe('healthOf', () => {
  it.each([
    [0, 'good'],
    [1, 'good'],
    [2, 'warn'],
    [10, 'warn'],
    [11, 'invalid'],
  ])('%d late of about a thousand: %s', (late, verdict) => {
    expect(health([final({}, late)]).verdict).toBe(verdict);
  });

  it('does not hold against the generator what waited for the broker', () => {
    expect(health([final({}, 0, 5000)]).verdict).toBe('good');
  });

  it('does not count the step that broke a climb', () => {
    expect(health([final({}, 500)], { late: 500, blocked: 0, onTime: 10 }).verdict).toBe('good');
  });

  it.each([
    [{ starved: 0.2 }, 'waited for a core 20 % of the time'],
    [{ busy: 0.95 }, 'its busiest thread ran 95 % of the time'],
    [{ gcMs: 300 }, 'collected garbage 30 % of the time'],
    [{ lagMs: 800 }, 'stood still for up to 800 ms'],
  ])('explains by %j', (change, reason) => {
    const { reasons } = health([final({}), final(change, 500)]);
    expect(reasons[0]).toContain('20 % of the sends (500) were more than 5 ms late');
    expect(reasons[1]).toContain(reason);
  });

  it('says how many messages shared a write', () => {
    expect(health([final({}), final({ writes: 0, writtenMessages: 0 })]).messagesPerWrite).toBe(2);
  });
});

describe('shortage', () => {
  const machine = { descriptors: 1024, ports: 28_232, memory: 2 ** 30 };

  it.each([
    [960, 1, machine, undefined],
    [
      961,
      1,
      machine,
      '961 connections are more than this machine can open (960): this process may have 1024 descriptors',
    ],
    [30_000, 1, { ...machine, descriptors: 1e6 }, 'one local address has 28232 ports'],
    [30_000, 2, { ...machine, descriptors: 1e6 }, undefined],
    [100_000, 4, { ...machine, descriptors: 1e6 }, 'there are 1024 MiB of memory'],
    [1000, 1, { ...machine, descriptors: Infinity }, undefined],
  ])('%d connections from %d addresses', (clients, sources, given, message) => {
    const short = shortage(clients, sources, given);
    if (message === undefined) expect(short).toBeUndefined();
    else expect(short?.message).toContain(message);
  });
});
