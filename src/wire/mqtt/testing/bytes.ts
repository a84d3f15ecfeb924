/**
 * Bytes of a test as people write them: `10 [00 04 "MQTT"]` is hex, text in quotes, and in brackets what the byte before
 * them counts.
 */
export function bytesOf(text: string): Uint8Array {
  const open: number[][] = [[]];
  for (const part of text.match(/"[^"]*"|[0-9a-f]{2}|\[|\]/gi) ?? []) {
    const bytes = open.at(-1) ?? [];
    if (part === '[') open.push([]);
    else if (part === ']') {
      open.pop();
      open.at(-1)?.push(bytes.length, ...bytes);
    } else if (part.startsWith('"')) for (const char of part.slice(1, -1)) bytes.push(char.charCodeAt(0));
    else bytes.push(Number.parseInt(part, 16));
  }
  return Uint8Array.from(open[0] ?? []);
}

export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** A seeded source of whole numbers below `limit` (mulberry32): a failure can be repeated. */
export function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
