/** A whole conformance run: from a target and cases to a `RunResult`. */
import { cryptoRandom, seededRandom, type SeededRandom } from '#io';
import { noLeftovers, type Instance, type Leftovers } from '#kit';
import {
  conclude,
  RUN_RESULT_FORMAT,
  type InstanceResult,
  type RunListener,
  type RunResult,
  type TargetIdentity,
} from '#results';
import type { MqttVersion } from '#spec';
import { blankResult } from './blank-result.ts';
import { Campaign } from './campaign.ts';
import { NotTestableError } from './errors.ts';
import { Executor } from './executor.ts';
import { identityOf, runIdentity, unknownIdentity } from './identity.ts';
import { RUN_LIMITS } from './limits.ts';
import { Liveness } from './liveness.ts';
import type { RunCasesOptions } from './options.ts';
import { ordered } from './order.ts';
import { checkSelection, makePlan, type Plan } from './plan.ts';
import { hex, preflight, sessionOptions, type Preflight } from './preflight.ts';
import { parseSelection } from './selection.ts';
import { stopper, type Stopper } from './stopper.ts';
import { tidy } from './tidy.ts';
import { concurrencyFor } from './timing.ts';

/** What the parts of one run share. */
interface Shared extends RunCasesOptions {
  readonly seed: string;
  readonly random: SeededRandom;
  readonly signal: AbortSignal;
  readonly runStart: number;
  readonly tell: RunListener;
  readonly stop: Stopper;
}

/**
 * Runs the cases against the target. Throws `SelectionError` (wrong use) and `NotTestableError` (no broker there, or it
 * doesn't let us in); whatever happens later is part of the result.
 */
export async function runCases(options: RunCasesOptions): Promise<RunResult> {
  const selection = parseSelection(options.selection ?? '');
  const candidates = checkSelection(selection, options.cases, options.target);
  const seed = options.seed ?? hex(cryptoRandom.bytes(4));
  const random = seededRandom(seed).fork('runner');
  const stop = stopper(options);
  const shared: Shared = {
    ...options,
    startedAt: options.startedAt ?? new Date().toISOString(),
    seed,
    random,
    stop,
    signal: stop.signal,
    runStart: options.clock.now(),
    tell: teller(options),
  };
  try {
    const known = await preflightUnlessStopped(shared);
    if (known === undefined) return stoppedBefore(candidates, shared);
    const { cases, target, allow = [] } = options;
    const { versions, circumstances } = known;
    const plan = makePlan({ cases, target, versions, selection, allow, circumstances });
    return await execute(plan, known, shared);
  } finally {
    stop.dispose();
  }
}

/** Undefined where the run was ended meanwhile: then it was not the target that failed. */
async function preflightUnlessStopped(shared: Shared): Promise<Preflight | undefined> {
  try {
    return await preflight(shared);
  } catch (error) {
    if (error instanceof NotTestableError && shared.signal.aborted) return undefined;
    throw error;
  }
}

async function execute(plan: Plan, known: Preflight, shared: Shared): Promise<RunResult> {
  const target = identityOf(known);
  start(target, plan.run, countReasons(plan), shared);
  const leftovers = noLeftovers();
  const campaign = campaignOf(known, leftovers, shared);
  for (const { instance, reason } of plan.skipped) campaign.settle(blankResult(instance, 'skip', reason));
  await campaign.run(ordered(plan.run, shared.random.fork('order')));
  if (campaign.down === undefined) await tidy(leftovers, known, shared);
  const all = [...plan.run, ...plan.skipped.map(({ instance }) => instance)];
  const cases = all.flatMap(({ id }) => campaign.results.get(id) ?? []);
  return finish(target, cases, { ...plan, down: campaign.down !== undefined }, shared);
}

function stoppedBefore(candidates: readonly Instance[], shared: Shared): RunResult {
  const target = unknownIdentity(shared.target, shared.label);
  start(target, candidates, [], shared);
  const cases = candidates.map((instance) => blankResult(instance, 'not-run', 'the run ended before'));
  for (const result of cases) shared.tell({ type: 'case-end', result });
  return finish(target, cases, { leftOut: [], partial: false, down: false }, shared);
}

function start(
  target: TargetIdentity,
  planned: readonly Instance[],
  leftOut: readonly { readonly reason: string; readonly instances: number }[],
  shared: Shared,
): void {
  shared.tell({
    type: 'run-start',
    tool: shared.tool,
    run: runIdentity(shared, shared.seed),
    target,
    planned: planned.map((instance) => ({ instance: instance.id, suite: instance.case.suite })),
    leftOut,
  });
}

function finish(
  target: TargetIdentity,
  cases: readonly InstanceResult[],
  { leftOut, partial, down }: Pick<Plan, 'leftOut' | 'partial'> & { readonly down: boolean },
  shared: Shared,
): RunResult {
  const { strict = false, allowInconclusive = false, clock, runStart, stop, tool, seed } = shared;
  const why = stop.why() ?? (down ? ('broker-down' as const) : undefined);
  const ended = why === undefined ? {} : { ended: why };
  const result: RunResult = {
    format: RUN_RESULT_FORMAT,
    tool,
    run: { ...runIdentity(shared, seed), durationMs: clock.now() - runStart, ...ended },
    target,
    cases,
    conclusion: conclude({ cases, label: target.label, leftOut, partial, ...ended, strict, allowInconclusive }),
  };
  shared.tell({ type: 'run-end', result });
  return result;
}

function campaignOf(known: Preflight, leftovers: Leftovers, shared: Shared): Campaign {
  const { clock, dial, target, seed, runStart, signal, tell, listeners = [], restart, drivers } = shared;
  const { capabilities, timing } = known;
  const { concurrency = concurrencyFor(timing) } = shared;
  const tellWire = listeners.length > 0;
  return new Campaign({
    executor: new Executor({
      clock,
      dial,
      target,
      capabilities,
      leftovers,
      seed,
      runStart,
      signal,
      tell,
      tellWire,
      ...(drivers === undefined ? {} : { drivers }),
    }),
    liveness: livenessOf(known, shared),
    clock,
    timing,
    concurrency: Math.max(1, Math.min(RUN_LIMITS.mostConcurrent, Math.floor(concurrency))),
    runStart,
    tell,
    signal,
    ...(restart === undefined ? {} : { restart }),
  });
}

function livenessOf({ versions, timing, delivers }: Preflight, shared: Shared): Liveness {
  const version = versions.at(-1) as MqttVersion;
  const { target, clock, signal } = shared;
  return new Liveness({
    endpoint: target.endpoints[0],
    version,
    timing,
    delivers,
    topicPrefix: `${target.topicPrefix}alive/`,
    session: (purpose) => sessionOptions(shared, version, purpose),
    clock,
    signal,
  });
}

/** A listener that throws must not stop the run. */
function teller({ listeners = [] }: RunCasesOptions): RunListener {
  return (event) => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch {
        // Whoever shows the run is not what is tested.
      }
    }
  };
}

function countReasons({ skipped }: Plan): { readonly reason: string; readonly instances: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, instances]) => ({ reason, instances }));
}
