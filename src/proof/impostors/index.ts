import type { Impostor } from './impostor.ts';
import { NOISE } from './noise.ts';
import { PLAUSIBLE } from './plausible.ts';
import { SILENT } from './silent.ts';

export type { Impostor, World } from './impostor.ts';

/** All impostors by name. */
export const IMPOSTORS = { ...SILENT, ...NOISE, ...PLAUSIBLE } as const satisfies Record<string, Impostor>;

export type ImpostorName = keyof typeof IMPOSTORS;
