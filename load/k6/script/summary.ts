/** The summary of a stand-alone run: what k6's own metrics say, and whether the thresholds held. */
import { COUNTER_NAMES, TREND_NAMES } from '#results';
import type { ScriptConfig } from '../shared/config.ts';

/** What `handleSummary` gets, as far as it is used. */
export interface SummaryData {
  readonly metrics: Readonly<
    Record<
      string,
      {
        readonly values: Readonly<Record<string, number>>;
        readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
      }
    >
  >;
}

const STATISTICS = ['count', 'min', 'med', 'p(90)', 'p(99)', 'p(99.9)', 'max'] as const;

export function summaryText(config: ScriptConfig, data: SummaryData): string {
  const { plan } = config;
  const lines = [
    '',
    ` ${plan.profile}: ${plan.title}, MQTT ${plan.version} over ${plan.transport}, run ${plan.runId}`,
    '',
  ];
  lines.push(` ${'measured, in ms'.padEnd(24)}${STATISTICS.map((name) => name.padStart(10)).join('')}`);
  for (const name of TREND_NAMES) {
    const values = data.metrics[name]?.values;
    if (values === undefined || (values['count'] ?? 0) === 0) continue;
    lines.push(` ${name.padEnd(24)}${STATISTICS.map((each) => shown(each, values[each]).padStart(10)).join('')}`);
  }
  lines.push('');
  for (const name of COUNTER_NAMES) {
    const count = data.metrics[name]?.values['count'];
    if (count !== undefined && count > 0) lines.push(` ${name.padEnd(24)}${String(count).padStart(10)}`);
  }
  const thresholds = Object.entries(data.metrics).flatMap(([metric, { thresholds: all = {} }]) =>
    Object.entries(all).map(([expression, { ok }]) => ` ${ok ? 'ok     ' : 'CROSSED'}  ${metric}: ${expression}`),
  );
  return `${[...lines, '', ...thresholds, ''].join('\n')}\n`;
}

function shown(statistic: string, value: number | undefined): string {
  if (value === undefined) return '';
  return statistic === 'count' ? String(value) : value.toFixed(2);
}
