import { createHash } from 'node:crypto';
import type { Sha1 } from './compression.ts';

export const sha1: Sha1 = (bytes) => new Uint8Array(createHash('sha1').update(bytes).digest());
