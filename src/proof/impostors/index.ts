import type { Impostor } from './impostor.ts';
import { HOSTILE_HTTP } from './hostile-http.ts';
import { HOSTILE_WIRE } from './hostile-wire.ts';
import { MANGLED } from './mangled.ts';
import { NOISE } from './noise.ts';
import { PLAUSIBLE } from './plausible.ts';
import { SILENT } from './silent.ts';

export type { Impostor, World } from './impostor.ts';

/** All impostors by name. */
export const IMPOSTORS = {
  ...SILENT,
  ...NOISE,
  ...PLAUSIBLE,
  ...HOSTILE_HTTP,
  ...HOSTILE_WIRE,
  ...MANGLED,
} as const satisfies Record<string, Impostor>;

/** Those that a case meets only where the sample says so: each of them meets many cases, no case meets all of them. */
export const SAMPLED: ReadonlySet<string> = new Set(
  [HOSTILE_HTTP, HOSTILE_WIRE, MANGLED].flatMap((set) => Object.keys(set)),
);

export type ImpostorName = keyof typeof IMPOSTORS;
