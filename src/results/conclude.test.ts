import { describe, expect, it } from 'vitest';
import { requirement, type RequirementKey, type Verdict } from '#spec';
import { conclude, type ConclusionInput } from './conclude.ts';
import type { Finding, InstanceResult } from './run-result.ts';

const A: RequirementKey = '5.0/MQTT-3.1.0-2';
const B: RequirementKey = '5.0/MQTT-3.8.4-1';
const SHOULD: RequirementKey = '5.0/MQTT-3.2.2-12#should';

const finding = (key: RequirementKey, verdict: Finding['verdict']): Finding => ({
  requirement: key,
  level: requirement(key).level,
  verdict,
  message: 'found',
  at: 1,
  evidence: 'wire',
  by: 'case',
});

const result = (
  verdict: Verdict,
  verifies: readonly RequirementKey[],
  findings: readonly Finding[] = [],
): InstanceResult => ({
  instance: `x/y@5.0/ws`,
  id: 'x/y',
  transport: 'ws',
  suite: 'x',
  title: 'y',
  verdict,
  verifies,
  steps: [],
  findings,
  startedMs: 0,
  durationMs: 1,
  attempts: 1,
});

const concluded = (cases: readonly InstanceResult[], more: Partial<ConclusionInput> = {}) =>
  conclude({ cases, label: 'Broker 1.0', leftOut: [], partial: false, ...more });

describe('conclude', () => {
  it('counts requirements, not instances', () => {
    const { must } = concluded([
      result('pass', [A]),
      result('pass', [A, B]),
      result('fail', [A], [finding(A, 'fail')]),
    ]);
    expect(must).toEqual({ exercised: 2, violated: 1, applicable: 2 });
  });

  it('says how many MUST are violated, and exits with 1', () => {
    const { sentence, exitCode } = concluded([result('pass', [B]), result('fail', [A], [finding(A, 'fail')])]);
    expect(sentence).toBe('Broker 1.0 does not conform: 1 of 2 applicable MUST requirements violated');
    expect(exitCode).toBe(1);
  });

  it('counts a violation that the referee found in a case of another requirement', () => {
    expect(concluded([result('fail', [A], [finding(B, 'fail')])]).must).toEqual({
      exercised: 1,
      violated: 1,
      applicable: 2,
    });
  });

  it('conforms only where all that applies was exercised', () => {
    expect(concluded([result('pass', [A]), result('pass', [B])])).toMatchObject({
      sentence: 'Broker 1.0 conforms: 2 applicable MUST requirements exercised and met',
      exitCode: 0,
    });
    const half = concluded([result('pass', [A]), result('inconclusive', [B])]);
    expect(half.sentence).toBe(
      'Broker 1.0 is not known to conform: no violation, but only 1 of 2 applicable MUST requirements exercised',
    );
    expect(half.exitCode).toBe(5);
    expect(concluded([result('pass', [A]), result('inconclusive', [B])], { allowInconclusive: true }).exitCode).toBe(0);
  });

  it('does not count what was skipped as applicable', () => {
    expect(concluded([result('pass', [A]), result('skip', [B])]).must.applicable).toBe(1);
  });

  it('warns without failing, unless strict', () => {
    const cases = [result('pass', [A]), result('warn', [SHOULD], [finding(SHOULD, 'warn')])];
    expect(concluded(cases)).toMatchObject({ exitCode: 0, should: { exercised: 1, violated: 1 } });
    expect(concluded(cases, { strict: true })).toMatchObject({
      exitCode: 1,
      sentence: 'Broker 1.0 violates no MUST, but 1 warning (--strict)',
    });
  });

  it.each<[string, readonly InstanceResult[], Partial<ConclusionInput>, number]>([
    ['nothing exercised', [result('skip', [A]), result('not-run', [B])], {}, 3],
    ['nothing at all', [], {}, 3],
    ['inconclusive only', [result('inconclusive', [A])], {}, 5],
    ['inconclusive only, allowed', [result('inconclusive', [A])], { allowInconclusive: true }, 3],
    ['our error', [result('pass', [A]), result('error', [B])], {}, 4],
    ['a violation beside our error', [result('fail', [A], [finding(A, 'fail')]), result('error', [B])], {}, 1],
    ['interrupted', [result('fail', [A], [finding(A, 'fail')])], { ended: 'interrupted' }, 130],
    ['out of time', [result('pass', [A]), result('not-run', [B])], { ended: 'time-limit' }, 5],
  ])('exit code: %s', (_name, cases, more, code) => {
    expect(concluded(cases, more).exitCode).toBe(code);
  });

  it('holds no flickering finding against the broker', () => {
    const flickers = concluded([result('inconclusive', [A], [finding(A, 'fail')])]);
    expect(flickers.must).toEqual({ exercised: 0, violated: 0, applicable: 1 });
  });

  it('says that it was a part, how it ended and what was left out', () => {
    const cases = [result('pass', [A])];
    expect(concluded(cases, { partial: true }).sentence).toBe(
      'Broker 1.0 conforms as far as it was asked: 1 applicable MUST requirement exercised and met (partial run)',
    );
    expect(concluded(cases, { leftOut: ['3 intrusive instances (not loopback)'] }).sentence).toContain(
      '; left out: 3 intrusive',
    );
    expect(concluded([...cases, result('not-run', [B])], { ended: 'broker-down' }).sentence).toContain(
      'the broker went down',
    );
  });
});
