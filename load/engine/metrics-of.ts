import { TREND_NAMES, type HistogramData, type LoadMetrics, type TrendName } from '#results';
import type { Totals, Trends } from './tally.ts';

export interface MetricsInput extends Totals {
  readonly trends: Trends;
  /** Counters of the whole run, where they are known. */
  readonly whole?: Totals['counters'];
  /** QoS 1 and 2: sent, and completed. */
  readonly answered?: { readonly sent: number; readonly acknowledged: number };
}

/** The metrics of totals; a rate of nothing is left out. */
export function metricsOf({ trends, counters, onTime, answered, whole }: MetricsInput): LoadMetrics {
  const data: { [Name in TrendName]?: HistogramData } = {};
  for (const name of TREND_NAMES) if (trends[name].count > 0) data[name] = trends[name].toJSON();
  const { connections_opened: opened, connections_failed: failed } = whole ?? counters;
  const sends = onTime + counters.sends_late + counters.sends_blocked;
  return {
    trends: data,
    counters,
    rates: {
      ...rate('delivered', counters.messages_received, counters.messages_expected),
      ...rate('connected', opened, opened + failed),
      ...rate('acknowledged', answered?.acknowledged ?? 0, answered?.sent ?? 0),
      ...rate('on_time', onTime, sends),
    },
  };
}

function rate<Name extends string>(name: Name, passed: number, total: number) {
  return (total === 0 ? {} : { [name]: { passed, total } }) as {
    readonly [N in Name]?: { passed: number; total: number };
  };
}
