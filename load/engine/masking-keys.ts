import { randomFillSync } from 'node:crypto';

const pool = new Uint32Array(4096);
let next = pool.length;

/** An unpredictable key for each frame (RFC 6455 §5.3), out of a pool: asking the system for each would cost more than the message. */
export function maskingKey(): number {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  const key = pool[next] as number;
  next += 1;
  return key;
}
