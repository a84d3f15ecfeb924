import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type Duplex, socketDuplex, wrappedDuplex } from '#io';

/** A connection over TLS; without `notifies` its end is FIN alone, as if it had been cut. */
export function secureDuplex(socket: TLSSocket, notifies: () => boolean): Duplex {
  const duplex = socketDuplex(socket);
  return wrappedDuplex(duplex, {
    end() {
      if (notifies()) duplex.end();
      else afterWriting(socket, () => beneath(socket)?.destroy());
    },
  });
}

/** The socket of TCP that TLS stands on. */
export function beneath(socket: TLSSocket): Socket | undefined {
  const { _parent: tcp } = socket as TLSSocket & { readonly _parent?: Socket };
  return tcp;
}

/** What was written before has to leave first. */
function afterWriting(socket: TLSSocket, then: () => void): void {
  socket.write(new Uint8Array(0), () => setImmediate(then));
}
