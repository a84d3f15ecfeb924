/** After a load run: thresholds first, then what was measured, then how far it can be believed. */
import { Histogram, type LoadResult, type LoadThreshold, type TrendName } from '#results';
import { grouped, mebibytes, millis, percent, perSecond } from './load-numbers.ts';
import { duration } from './numbers.ts';
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';
import { padRight } from './width.ts';

/** `files`: what was written. */
export function renderLoadSummary(result: LoadResult, files: readonly string[], paint: Paint): string {
  const lines = [
    '',
    ...thresholdLines(result, paint),
    ...latencyLines(result, paint),
    ...deliveryLines(result, paint),
    ...kneeLines(result),
    ...errorLines(result, paint),
    ...invariantLines(result, paint),
    ...healthLines(result, paint),
    '',
    ` ${conclusion(result, paint)}`,
    ...(files.length === 0 ? [] : ['', ...files.map((file) => ` ${paint.dim('saved')}   ${visible(file)}`)]),
    ` ${paint.dim('again')}   ${visible(result.run.command)}`,
  ];
  return paint.finish(`${lines.join('\n')}\n`);
}

/** One line: the answer. */
export function renderLoadConclusion(result: LoadResult, paint: Paint): string {
  return paint.finish(`${conclusion(result, paint)}\n`);
}

function conclusion({ conclusion: { verdict, sentence } }: LoadResult, paint: Paint): string {
  const shown = verdict === 'held' ? 'pass' : verdict === 'crossed' ? 'fail' : 'inconclusive';
  return paint.verdict(shown, `${paint.mark(shown)} ${visible(sentence)}`);
}

const NAME = 24;

function thresholdLines({ thresholds }: LoadResult, paint: Paint): string[] {
  return thresholds.map((one) => {
    const verdict = one.passed ? 'pass' : 'fail';
    const observed = one.observed === undefined ? 'no data' : told(one, one.observed);
    const since = one.crossedMs === undefined ? '' : `  first crossed after ${duration(one.crossedMs)}`;
    return ` ${paint.verdict(verdict, paint.mark(verdict))} ${padRight(one.metric, NAME)} ${padRight(one.expression, 16)} ${observed}${paint.dim(since)}`;
  });
}

function told({ metric, expression }: LoadThreshold, observed: number): string {
  if (/^(p\(|med|avg|min|max)/.test(expression)) return millis(observed);
  if (/^(delivered|connected|acknowledged|on_time)$/.test(metric)) return String(Number(observed.toPrecision(6)));
  return grouped(observed);
}

const SHOWN: readonly (readonly [TrendName, string])[] = [
  ['message_latency', 'message latency'],
  ['message_latency_sent', '  from the actual send'],
  ['connect_time', 'connect'],
  ['connect_tcp', '  TCP'],
  ['connect_tls', '  TLS'],
  ['connect_upgrade', '  upgrade'],
  ['connect_connack', '  CONNACK'],
  ['puback_time', 'PUBACK'],
  ['pubcomp_time', 'PUBCOMP'],
  ['suback_time', 'SUBACK'],
  ['retained_latency', 'retained message'],
  ['will_latency', 'will'],
  ['drain_time', 'drain'],
];

function latencyLines({ metrics }: LoadResult, paint: Paint): string[] {
  const rows = SHOWN.flatMap(([name, title]) => {
    const data = metrics.trends[name];
    if (data === undefined) return [];
    const all = Histogram.from(data);
    const cells = [all.percentile(50), all.percentile(95), all.percentile(99), all.max].map((one) =>
      millis(one).padStart(11),
    );
    return [` ${padRight(title, NAME)} ${cells.join('')}  ${grouped(all.count).padStart(11)}`];
  });
  if (rows.length === 0) return [];
  const head = ` ${padRight('', NAME)} ${['p50', 'p95', 'p99', 'max'].map((one) => one.padStart(11)).join('')}  ${'samples'.padStart(11)}`;
  return ['', paint.dim(head), ...rows];
}

function deliveryLines({ delivery, metrics, run }: LoadResult, paint: Paint): string[] {
  const { counters } = metrics;
  const rows = delivery
    .filter(({ sent, expected }) => sent > 0 || expected > 0)
    .map((one) => {
      const bad = (['lost', 'undelivered', 'duplicated', 'reordered', 'corrupted', 'unexpected'] as const)
        .filter((name) => one[name] > 0)
        .map((name) => paint.red(`${grouped(one[name])} ${name}`));
      const acknowledged = one.qos === 0 ? '' : `, ${grouped(one.acknowledged)} acknowledged`;
      const flaws = bad.length === 0 ? 'none lost, repeated, out of order or changed' : bad.join(', ');
      return ` QoS ${one.qos}  ${grouped(one.sent)} sent${acknowledged}, ${grouped(one.delivered)} of ${grouped(one.expected)} delivered: ${flaws}`;
    });
  const rates =
    counters.messages_sent === 0
      ? []
      : [
          ` measured  ${perSecond(counters.messages_sent, run.measuredMs)} sent, ${perSecond(counters.messages_received, run.measuredMs)} received in ${duration(run.measuredMs)}`,
        ];
  return rows.length + rates.length === 0 ? [] : ['', ...rows, ...rates];
}

function kneeLines({ knee }: LoadResult): string[] {
  if (knee === undefined) return [];
  const held = knee.held === undefined ? 'not even the first rate held' : `held ${grouped(knee.held)}/s`;
  const broke = knee.broke === undefined ? '' : `, broke at ${grouped(knee.broke)}/s`;
  return ['', ` knee    ${held}${broke}: ${visible(knee.why)}`];
}

const SHOWN_ERRORS = 6;

function errorLines({ errors }: LoadResult, paint: Paint): string[] {
  if (errors.length === 0) return [];
  const shown = errors.slice(0, SHOWN_ERRORS).flatMap((one) => {
    const when =
      one.count === 1 ? `after ${duration(one.firstMs)}` : `from ${duration(one.firstMs)} to ${duration(one.lastMs)}`;
    const sample = one.sample.slice(-4).map((line) => paint.dim(`       ${visible(line)}`));
    return [
      ` ${paint.red(grouped(one.count).padStart(7))}  ${visible(one.message)} ${paint.dim(`(${when})`)}`,
      ...sample,
    ];
  });
  const more =
    errors.length > SHOWN_ERRORS
      ? [paint.dim(`          and ${errors.length - SHOWN_ERRORS} other kinds of errors`)]
      : [];
  return ['', paint.dim(' errors'), ...shown, ...more];
}

function invariantLines({ invariants }: LoadResult, paint: Paint): string[] {
  return invariants
    .filter(({ broken }) => broken > 0)
    .flatMap(({ name, broken, checked, requirements, first }) => [
      '',
      ` ${paint.red(`${paint.mark('fail')} ${name}`)} broken ${broken === 1 ? 'once' : `${grouped(broken)} times`} in ${grouped(checked)}  ${paint.dim(`[${requirements.join(', ')}]`)}`,
      ...(first === undefined
        ? []
        : [`     ${visible(first.message)}`, ...first.transcript.map((line) => paint.dim(`       ${visible(line)}`))]),
    ]);
}

function healthLines({ health, engine }: LoadResult, paint: Paint): string[] {
  const { sends, cpuSeconds, rssBytes, verdict, reasons } = health;
  const all = sends.onTime + sends.late + sends.blocked;
  const late =
    all === 0
      ? ''
      : `, ${percent(sends.late / all)} late by its own fault, ${percent(sends.blocked / all)} blocked by the broker`;
  const line = ` generator  ${engine.model} model, latency from the ${engine.latencyFrom}, ${engine.workers === 1 ? 'one thread' : `${engine.workers} threads`}${late}`;
  const used = ` ${' '.repeat(9)}  ${cpuSeconds.toFixed(1)} s of CPU, ${mebibytes(rssBytes)}`;
  const colour = verdict === 'good' ? paint.dim : paint.yellow;
  return [
    '',
    paint.dim(line),
    paint.dim(used),
    ...reasons.map((reason) => colour(` ${paint.mark('warn')} ${visible(reason)}`)),
  ];
}
