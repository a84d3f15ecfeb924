import { type Duplex, wrappedDuplex } from '#io';

const KEPT = 64;

/** The same duplex, and the first bytes that came from it: they tell protocols apart. */
export function tap(duplex: Duplex): { readonly duplex: Duplex; readonly firstBytes: () => Uint8Array } {
  const first: number[] = [];
  return {
    firstBytes: () => Uint8Array.from(first),
    duplex: wrappedDuplex(duplex, {
      listen: (listener) =>
        duplex.listen({
          data: (bytes) => {
            if (first.length < KEPT) first.push(...bytes.subarray(0, KEPT - first.length));
            listener.data(bytes);
          },
          ended: () => listener.ended(),
          closed: (kind, detail) => listener.closed(kind, detail),
          drained: () => listener.drained?.(),
        }),
    }),
  };
}
