import { setMaxListeners } from 'node:events';

/** Aborts with the first of them. Every wait under way listens to it, so Node's warning about many listeners is switched off. */
export function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  const any = AbortSignal.any([...signals]);
  setMaxListeners(0, any);
  return any;
}
