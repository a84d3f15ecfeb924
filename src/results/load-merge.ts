/** Joins the results of runners that loaded one broker together: the same as if one had done it all. */
import { Histogram, type HistogramData } from './histogram.ts';
import { concludeLoad, judgeThresholds } from './load-judgement.ts';
import { COUNTER_NAMES, RATE_NAMES, TREND_NAMES, type CounterName } from './load-metrics.ts';
import type {
  LoadDelivery,
  LoadError,
  LoadHealth,
  LoadInvariant,
  LoadMetrics,
  LoadPart,
  LoadResult,
} from './load-result.ts';
import { mergeSeries } from './load-merge-series.ts';
import { parseThreshold } from './load-thresholds.ts';

/** Results that do not belong together; the message says why. */
export class LoadMergeError extends Error {
  readonly code = 'LOAD_MERGE';
  override readonly name = 'LoadMergeError';
}

/** `parts` names them, in order: a segment, a file. Throws `LoadMergeError` where they are not parts of one load. */
export function mergeLoadResults(results: readonly LoadResult[], parts: readonly string[]): LoadResult {
  const [first] = results;
  if (first === undefined) throw new LoadMergeError('there is nothing to merge');
  check(results, first);
  const all = results.flatMap(
    (one, index): readonly LoadPart[] => one.parts ?? [partOf(one, parts[index] ?? String(index + 1))],
  );
  checkOnce(all);
  const metrics = mergeMetrics(results.map((one) => one.metrics));
  // They ran at the same time: the longest measured all.
  const measuredMs = Math.max(...results.map(({ run }) => run.measuredMs));
  const series = mergeSeries(results);
  const invariants = mergeInvariants(results);
  const health = mergeHealth(results.map((one) => one.health));
  const asked = first.thresholds.map(({ metric, expression }) => parseThreshold(metric, expression));
  const thresholds = judgeThresholds(asked, metrics, measuredMs, series.points);
  const ended = results.find(({ run }) => run.ended !== undefined)?.run.ended;
  const interrupted = results.find(({ conclusion }) => conclusion.verdict === 'interrupted')?.conclusion.exitCode;
  return {
    ...first,
    run: {
      ...first.run,
      startedAt: results.map(({ run }) => run.startedAt).reduce((a, b) => (a < b ? a : b)),
      durationMs: Math.max(...results.map(({ run }) => run.durationMs)),
      measuredMs,
      ...(ended === undefined ? {} : { ended }),
    },
    engine: {
      ...first.engine,
      workers: sum(results, (one) => one.engine.workers),
      notes: [...new Set(results.flatMap((one) => one.engine.notes))],
      clockErrorMs: Math.max(...results.map(({ engine }) => engine.clockErrorMs)),
    },
    profile: { ...first.profile, payloadsChecked: results.every(({ profile }) => profile.payloadsChecked) },
    stages: first.stages.map((stage, index) => ({
      ...stage,
      startMs: Math.min(...results.map(({ stages }) => stages[index]?.startMs ?? stage.startMs)),
      endMs: Math.max(...results.map(({ stages }) => stages[index]?.endMs ?? stage.endMs)),
      sent: sum(results, ({ stages }) => stages[index]?.sent ?? 0),
      received: sum(results, ({ stages }) => stages[index]?.received ?? 0),
    })),
    metrics,
    whole: summed(results.map((one) => one.whole)),
    delivery: mergeDelivery(results),
    series,
    errors: mergeErrors(results.flatMap((one) => one.errors)),
    invariants,
    health,
    thresholds,
    parts: all,
    conclusion: concludeLoad({
      label: first.target.label,
      thresholds,
      invariants,
      health,
      metrics,
      ...(ended === undefined ? {} : { ended }),
      ...(interrupted === undefined ? {} : { signalled: interrupted }),
    }),
  };
}

const partOf = ({ run, engine }: LoadResult, part: string): LoadPart => ({
  runId: run.id,
  part,
  startedAt: run.startedAt,
  workers: engine.workers,
});

function check(results: readonly LoadResult[], first: LoadResult): void {
  for (const one of results) {
    const differs = (what: string, a: unknown, b: unknown): void => {
      if (JSON.stringify(a) === JSON.stringify(b)) return;
      throw new LoadMergeError(
        `these are not parts of one load: ${what} differ (${JSON.stringify(a)} and ${JSON.stringify(b)})`,
      );
    };
    differs('the profiles', first.profile.name, one.profile.name);
    differs('the parameters', first.profile.parameters, one.profile.parameters);
    differs('the versions of MQTT', first.target.version, one.target.version);
    differs('the transports', first.target.transport, one.target.transport);
    differs('the engines', first.engine.name, one.engine.name);
  }
}

/** The same part twice would count everything twice. */
function checkOnce(parts: readonly LoadPart[]): void {
  const seen = new Set<string>();
  for (const { runId, part, startedAt } of parts) {
    const key = `${runId} ${part} ${startedAt}`;
    if (seen.has(key)) throw new LoadMergeError(`the part ${part} of run ${runId} is there twice`);
    seen.add(key);
  }
}

const sum = (results: readonly LoadResult[], of: (one: LoadResult) => number): number =>
  results.reduce((total, one) => total + of(one), 0);

type Counters = { readonly [Name in CounterName]: number };

function summed(all: readonly Counters[]): Counters {
  const totals = COUNTER_NAMES.map((name) => [name, all.reduce((total, one) => total + one[name], 0)]);
  return Object.fromEntries(totals) as Counters;
}

function mergeMetrics(all: readonly LoadMetrics[]): LoadMetrics {
  const trends = TREND_NAMES.flatMap((name) => {
    const data = all.flatMap((one): HistogramData[] => (one.trends[name] === undefined ? [] : [one.trends[name]]));
    return data.length === 0
      ? []
      : [[name, Histogram.merged(data.map((one) => Histogram.from(one))).toJSON()] as const];
  });
  const rates = RATE_NAMES.flatMap((name) => {
    const given = all.flatMap((one) => one.rates[name] ?? []);
    const total = (of: 'passed' | 'total'): number => given.reduce((added, one) => added + one[of], 0);
    return given.length === 0 ? [] : [[name, { passed: total('passed'), total: total('total') }] as const];
  });
  return {
    trends: Object.fromEntries(trends),
    counters: summed(all.map((one) => one.counters)),
    rates: Object.fromEntries(rates),
  };
}

function mergeDelivery(results: readonly LoadResult[]): readonly LoadDelivery[] {
  const names = [
    'sent',
    'acknowledged',
    'expected',
    'delivered',
    'lost',
    'undelivered',
    'duplicated',
    'reordered',
    'corrupted',
    'unexpected',
  ] as const;
  return ([0, 1, 2] as const).map((qos) => {
    const of = results.flatMap(({ delivery }) => delivery.filter((one) => one.qos === qos));
    const totals = names.map((name) => [name, of.reduce((total, one) => total + one[name], 0)]);
    return { qos, ...Object.fromEntries(totals) } as LoadDelivery;
  });
}

function mergeErrors(errors: readonly LoadError[]): readonly LoadError[] {
  const merged = new Map<string, LoadError>();
  for (const one of errors) {
    const key = `${one.kind} ${one.message}`;
    const known = merged.get(key);
    const earlier = known === undefined || one.firstMs < known.firstMs ? one : known;
    merged.set(key, {
      ...earlier,
      count: one.count + (known?.count ?? 0),
      lastMs: Math.max(one.lastMs, known?.lastMs ?? 0),
    });
  }
  return [...merged.values()].sort((a, b) => b.count - a.count);
}

function mergeInvariants(results: readonly LoadResult[]): readonly LoadInvariant[] {
  const merged = new Map<string, LoadInvariant>();
  for (const one of results.flatMap(({ invariants }) => invariants)) {
    const known = merged.get(one.name);
    const first = known?.first ?? one.first;
    merged.set(one.name, {
      ...one,
      checked: one.checked + (known?.checked ?? 0),
      broken: one.broken + (known?.broken ?? 0),
      ...(first === undefined ? {} : { first }),
    });
  }
  return [...merged.values()];
}

const WORSE = ['good', 'warn', 'invalid'] as const;

/** One runner that could not keep up spoils the whole. */
function mergeHealth(all: readonly LoadHealth[]): LoadHealth {
  const add = (of: (one: LoadHealth) => number): number => all.reduce((total, one) => total + of(one), 0);
  const verdict = WORSE[Math.max(...all.map((one) => WORSE.indexOf(one.verdict)))] ?? 'good';
  return {
    verdict,
    reasons: [...new Set(all.filter((one) => one.verdict === verdict).flatMap((one) => one.reasons))],
    sends: {
      onTime: add((one) => one.sends.onTime),
      late: add((one) => one.sends.late),
      blocked: add((one) => one.sends.blocked),
    },
    workers: all.flatMap((one) => one.workers),
    cpuSeconds: add((one) => one.cpuSeconds),
    rssBytes: add((one) => one.rssBytes),
    messagesPerWrite: add((one) => one.messagesPerWrite) / all.length,
  };
}
