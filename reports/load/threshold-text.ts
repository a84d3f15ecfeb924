/** A threshold and what was seen of it, in the units of its metric. */
import { type LoadThreshold, metricKind } from '#results';
import { milliseconds, perSecond, threeDigits } from './words.ts';

/** `message_latency p(99)<50`. */
export const thresholdName = ({ metric, expression }: LoadThreshold): string => `${metric}: ${expression}`;

export function observedText(threshold: LoadThreshold): string {
  return threshold.observed === undefined ? 'no data' : valueText(threshold, threshold.observed);
}

export const limitText = (threshold: LoadThreshold): string => valueText(threshold, threshold.limit);

/** How far the observed value is from the limit, as a share of the limit. */
export function marginText({ observed, limit, passed }: LoadThreshold): string {
  if (observed === undefined || limit === 0) return '';
  const percent = Math.round((Math.abs(limit - observed) / Math.abs(limit)) * 100);
  return `${percent} % ${passed ? 'to spare' : 'beyond'}`;
}

function valueText({ metric, expression }: LoadThreshold, value: number): string {
  switch (metricKind(metric)) {
    case 'trend':
      return expression.startsWith('count') ? threeDigits(value) : milliseconds(value);
    case 'rate':
      return String(Math.floor(value * 10_000) / 10_000);
    case 'counter':
      return expression.startsWith('rate') ? perSecond(value) : threeDigits(value);
    case undefined:
      return String(value);
  }
}
