/** A duplex that does some things otherwise. */
import type { Duplex } from './duplex.ts';

/** Everything that `changes` does not say goes to `duplex` as it is. */
export function wrappedDuplex(
  duplex: Duplex,
  changes: Partial<Pick<Duplex, 'listen' | 'write' | 'end' | 'reset'>>,
): Duplex {
  return {
    listen: (listener) => duplex.listen(listener),
    write: (bytes) => duplex.write(bytes),
    end: () => duplex.end(),
    reset: () => duplex.reset(),
    pause: () => duplex.pause(),
    resume: () => duplex.resume(),
    get buffered() {
      return duplex.buffered;
    },
    get closed() {
      return duplex.closed;
    },
    ...changes,
  };
}
