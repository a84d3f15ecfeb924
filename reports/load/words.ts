/** Numbers of a load run as people read them. */
import type { LoadDelivery } from '#results';
import { grouped } from '../text.ts';

/** Three digits: `0.42 ms`, `13.7 ms`, `1,204 ms`. */
export function milliseconds(value: number | undefined): string {
  return value === undefined ? 'none' : `${threeDigits(value)} ms`;
}

/** `19,900/s`. */
export const perSecond = (value: number): string => `${threeDigits(value)}/s`;

export function threeDigits(value: number): string {
  if (value >= 100) return grouped(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** `99.98 %`; never rounded up to 100. */
export function share(part: number, whole: number): string {
  if (whole === 0) return 'none';
  const percent = (part / whole) * 100;
  return percent === 100 ? '100 %' : `${Math.floor(percent * 100) / 100} %`;
}

export const mebibytes = (bytes: number): string => `${grouped(Math.round(bytes / 2 ** 20))} MiB`;

/** A QoS that nothing was sent at says nothing. */
export const carried = ({ sent, expected, unexpected }: LoadDelivery): boolean => sent + expected + unexpected > 0;
