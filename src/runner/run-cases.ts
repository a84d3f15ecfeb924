/** A whole conformance run: from a target and cases to a `RunResult`. */
import { cryptoRandom, seededRandom, type SeededRandom } from '#io';
import { noLeftovers, type Leftovers } from '#kit';
import {
  conclude,
  RUN_RESULT_FORMAT,
  type RunEvent,
  type RunIdentity,
  type RunResult,
  type TargetIdentity,
} from '#results';
import type { MqttVersion } from '#spec';
import { redactUrl } from '#target';
import { blankResult } from './blank-result.ts';
import { Campaign } from './campaign.ts';
import { cleanUp } from './clean-up.ts';
import { Executor } from './executor.ts';
import { RUN_LIMITS } from './limits.ts';
import { Liveness } from './liveness.ts';
import type { RunCasesOptions } from './options.ts';
import { ordered } from './order.ts';
import { checkSelection, makePlan, type Plan } from './plan.ts';
import { hex, preflight, sessionOptions, type Preflight } from './preflight.ts';
import { parseSelection } from './selection.ts';

/**
 * Runs the cases against the target. Throws `SelectionError` (wrong use) and `NotTestableError` (no broker there, or it
 * doesn't let us in); whatever happens later is part of the result.
 */
export async function runCases(options: RunCasesOptions): Promise<RunResult> {
  const { target, clock, cases, dial } = options;
  const selection = parseSelection(options.selection ?? '');
  checkSelection(selection, cases, target);
  const seed = options.seed ?? hex(cryptoRandom.bytes(4));
  const random = seededRandom(seed).fork('runner');
  const start = clock.now();
  const stop = stopper(options);
  const tell = teller(options);
  try {
    const shared = { ...options, random, signal: stop.signal };
    const known = await preflight(shared);
    const plan = makePlan({
      cases,
      target,
      versions: known.versions,
      selection,
      allow: options.allow ?? [],
      circumstances: known.circumstances,
    });
    const identity = runIdentity(options, seed);
    const targetIdentity = identityOf(known);
    tell({
      type: 'run-start',
      tool: options.tool,
      run: identity,
      target: targetIdentity,
      planned: plan.run.map((instance) => ({ instance: instance.id, suite: instance.case.suite })),
      leftOut: countReasons(plan),
    });
    const leftovers = noLeftovers();
    const campaign = new Campaign({
      executor: new Executor({
        clock,
        dial,
        target,
        capabilities: known.capabilities,
        leftovers,
        seed,
        runStart: start,
        signal: stop.signal,
        tell,
        tellWire: (options.listeners?.length ?? 0) > 0,
      }),
      liveness: livenessOf(known, shared),
      clock,
      timing: known.timing,
      concurrency: concurrencyOf(options),
      runStart: start,
      tell,
      signal: stop.signal,
      ...(options.restart === undefined ? {} : { restart: options.restart }),
    });
    for (const { instance, reason } of plan.skipped) {
      const result = blankResult(instance, 'skip', reason);
      campaign.results.set(instance.id, result);
      tell({ type: 'case-end', result });
    }
    await campaign.run(ordered(plan.run, random.fork('order')));
    if (campaign.down === undefined) await tidy(leftovers, known, { ...options, random }, tell);

    const ended = stop.why() ?? (campaign.down === undefined ? undefined : 'broker-down');
    const results = inPlanOrder(plan, campaign);
    const result: RunResult = {
      format: RUN_RESULT_FORMAT,
      tool: options.tool,
      run: { ...identity, durationMs: clock.now() - start, ...(ended === undefined ? {} : { ended }) },
      target: targetIdentity,
      cases: results,
      conclusion: conclude({
        cases: results,
        label: known.label,
        leftOut: plan.leftOut,
        partial: plan.partial,
        ...(ended === undefined ? {} : { ended }),
        strict: options.strict ?? false,
        allowInconclusive: options.allowInconclusive ?? false,
      }),
    };
    tell({ type: 'run-end', result });
    return result;
  } finally {
    stop.dispose();
  }
}

function inPlanOrder(plan: Plan, campaign: Campaign): RunResult['cases'] {
  const all = [...plan.run, ...plan.skipped.map(({ instance }) => instance)];
  return all.flatMap(({ id }) => campaign.results.get(id) ?? []);
}

interface Stopper {
  readonly signal: AbortSignal;
  readonly why: () => RunIdentity['ended'];
  readonly dispose: () => void;
}

/** The user's signal and the time limit, as one. */
function stopper({ signal, clock, timeLimitMs = RUN_LIMITS.timeLimitMs }: RunCasesOptions): Stopper {
  const controller = new AbortController();
  let why: RunIdentity['ended'];
  const stop = (reason: NonNullable<RunIdentity['ended']>): void => {
    why ??= reason;
    controller.abort();
  };
  const onAbort = (): void => stop('interrupted');
  const timer = clock.after(timeLimitMs, () => stop('time-limit'));
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    why: () => why,
    dispose: () => {
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

/** A listener that throws must not stop the run. */
function teller({ listeners = [] }: RunCasesOptions): (event: RunEvent) => void {
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

function runIdentity(options: RunCasesOptions, seed: string): Omit<RunIdentity, 'durationMs' | 'ended'> {
  const { selection, target, startedAt = new Date().toISOString() } = options;
  const url = redactUrl(target.endpoints[0].url);
  return {
    id: `${startedAt.replace(/\D/g, '').slice(0, 14)}-${seed}`,
    startedAt,
    seed,
    command: options.command ?? `mqttspec run ${url} --seed ${seed}`,
    ...(selection === undefined || selection.trim() === '' ? {} : { selection: selection.trim() }),
  };
}

const identityOf = (known: Preflight): TargetIdentity => ({
  label: known.label,
  endpoints: known.endpoints,
  versions: known.versions,
  capabilities: known.records,
  settleMs: known.timing.settleMs,
  graceMs: known.timing.graceMs,
});

function countReasons({ skipped }: Plan): { readonly reason: string; readonly instances: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, instances]) => ({ reason, instances }));
}

function concurrencyOf({ concurrency = RUN_LIMITS.concurrency }: RunCasesOptions): number {
  return Math.max(1, Math.min(RUN_LIMITS.mostConcurrent, Math.floor(concurrency)));
}

type Shared = RunCasesOptions & { readonly random: SeededRandom; readonly signal: AbortSignal };

function livenessOf(known: Preflight, shared: Shared): Liveness {
  const version = known.versions.at(-1) as MqttVersion;
  return new Liveness({
    endpoint: shared.target.endpoints[0],
    version,
    timing: known.timing,
    delivers: known.delivers,
    topicPrefix: `${shared.target.topicPrefix}alive/`,
    session: (purpose) => sessionOptions(shared, version, purpose),
    clock: shared.clock,
    signal: shared.signal,
  });
}

/** After an interruption too, but bounded by a time of its own. */
async function tidy(
  leftovers: Leftovers,
  known: Preflight,
  options: RunCasesOptions & { readonly random: SeededRandom },
  tell: (event: RunEvent) => void,
): Promise<void> {
  if (leftovers.sessions.size + leftovers.retained.size === 0) return;
  const controller = new AbortController();
  const timer = options.clock.after(RUN_LIMITS.cleanUpMs, () => controller.abort());
  let count = 0;
  const session = (version: MqttVersion) => {
    count += 1;
    return { ...sessionOptions({ ...options, signal: controller.signal }, version, `tidy${count}`), within: 2_000 };
  };
  const newest = known.versions.at(-1) as MqttVersion;
  const left = await cleanUp(leftovers, options.target.endpoints[0], session, newest);
  timer.cancel();
  if (left.sessions + left.retained === 0) return;
  const message = `${left.sessions} sessions and ${left.retained} retained messages of this run could not be taken away`;
  tell({ type: 'note', message });
}
