/** A load run for an issue tracker or the summary of a CI job. */
import { Histogram, type LoadResult, TREND_NAMES } from '#results';
import { counted, duration, grouped, visible } from '../text.ts';
import { limitText, marginText, observedText, thresholdName } from './threshold-text.ts';
import { carried, milliseconds } from './words.ts';

export function renderLoadMarkdown(result: LoadResult): string {
  const { conclusion, profile, target, engine, run, thresholds, health, delivery, metrics } = result;
  const parts = [
    `## ${text(conclusion.sentence)}`,
    `${text(profile.name)} on ${text(target.label)} (${text(target.url)}, MQTT ${target.version}), engine ${engine.name} ${text(engine.version)}, ` +
      `${duration(run.measuredMs)} measured, latency from the ${engine.latencyFrom}.`,
    table(
      ['threshold', 'observed', 'limit', 'margin', ''],
      thresholds.map((one) => [
        `\`${thresholdName(one)}\``,
        observedText(one),
        limitText(one),
        marginText(one),
        one.passed ? '✓ held' : '✗ crossed',
      ]),
    ),
    table(
      ['time', 'samples', 'p50', 'p95', 'p99', 'max'],
      TREND_NAMES.flatMap((name) => {
        const data = metrics.trends[name];
        if (data === undefined || data.count === 0) return [];
        const one = Histogram.from(data);
        return [
          [name, grouped(one.count), ...[50, 95, 99, 100].map((percent) => milliseconds(one.percentile(percent)))],
        ];
      }),
    ),
    table(
      ['QoS', 'sent', 'expected', 'delivered', 'lost', 'duplicated', 'reordered'],
      delivery
        .filter(carried)
        .map((one) => [
          String(one.qos),
          ...[one.sent, one.expected, one.delivered, one.lost, one.duplicated, one.reordered].map(grouped),
        ]),
    ),
    health.verdict === 'good'
      ? ''
      : `**The generator, not the broker, may be the limit:** ${text(health.reasons.join('; '))}`,
    result.errors.map(({ kind, message, count }) => `- ${counted(count, 'time')} ${kind}: ${text(message)}`).join('\n'),
    `Again: \`${visible(run.command).replaceAll('`', "'")}\``,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Nothing that a broker says may become markup. */
const text = (value: string): string => visible(value).replaceAll(/[\\`*_[\]<>|#]/g, String.raw`\$&`);

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(heads), `|${' --- |'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}
