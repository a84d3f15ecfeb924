/** What stands in a payload behind its header. */
export * from './payload-header.ts';

/** The pattern behind the header: the same for every message, so that it can be compared without being stored for each. */
let pattern = Buffer.alloc(0);

export function patternOf(length: number): Buffer {
  if (pattern.length < length) {
    const longer = Buffer.alloc(Math.max(length, 2 * pattern.length, 1024));
    for (let at = 0; at < longer.length; at += 1) longer[at] = (at * 7 + (at >>> 8) * 13 + 0x21) & 0xff;
    pattern = longer;
  }
  return pattern;
}

/** Whether the bytes from `start` to `end` are the pattern. */
export function isPattern(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  const wanted = patternOf(length);
  if (length > 96) return wanted.compare(bytes, start, end, 0, length) === 0;
  for (let at = 0; at < length; at += 1) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}
