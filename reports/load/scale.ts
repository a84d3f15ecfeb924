/** Axes: from values to places, and round numbers to write beside them. */
export interface Scale {
  /** 0 at the lower end, 1 at the upper. */
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

const MOST_TICKS = 5;

/** From 0 to at least the largest value. */
export function linearScale(most: number): Scale {
  const end = most > 0 ? most : 1;
  const step = roundStep(end / (MOST_TICKS - 1));
  const count = Math.ceil(end / step - 1e-9);
  const top = count * step;
  return { place: (value) => value / top, ticks: Array.from({ length: count + 1 }, (_, n) => n * step) };
}

/** Whole decades around the values, which must be positive; smaller ones stand at the lower end. */
export function logarithmicScale(least: number, most: number): Scale {
  const from = Math.floor(Math.log10(Math.max(least, 0.001)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(most, 0.001)) - 1e-9));
  const place = (value: number): number => Math.max(0, (Math.log10(Math.max(value, 10 ** from)) - from) / (to - from));
  return { place, ticks: Array.from({ length: to - from + 1 }, (_, n) => 10 ** (from + n)) };
}

/** 1, 2 or 5 times a power of ten, not below what is given. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least - least * 1e-9) ?? 10;
  return factor * power;
}

/** `1.5k`, `20`, `0.05`: as short as it can be read. */
export function tickText(value: number): string {
  if (value >= 1e6) return `${trimmed(value / 1e6)}M`;
  if (value >= 1e4) return `${trimmed(value / 1e3)}k`;
  return trimmed(value);
}

const trimmed = (value: number): string => String(Number(value.toPrecision(3)));
