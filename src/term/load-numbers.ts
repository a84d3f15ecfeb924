/** Numbers of load runs as people read them. */

/** `0.87 ms`, `12.3 ms`, `1 250 ms`. */
export function millis(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms < 10) return `${ms.toFixed(2)} ms`;
  return ms < 100 ? `${ms.toFixed(1)} ms` : `${grouped(Math.round(ms))} ms`;
}

/** `12 345`. */
export function grouped(n: number): string {
  return String(Math.round(n)).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

/** `400/s`, `12 300/s`. */
export function perSecond(count: number, ms: number): string {
  return ms <= 0 ? '–' : `${grouped((count * 1000) / ms)}/s`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 2 : 0)} %`;
}

export function mebibytes(bytes: number): string {
  return `${grouped(bytes / 2 ** 20)} MiB`;
}
