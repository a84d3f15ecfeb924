/** The listeners of one broker on real ports, and the connections that came through them. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Timer } from '#io';

export class Listeners {
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  #closing: Promise<void> | undefined;

  /** Resolves with the port. Rejects with the system's error. */
  open(accept: (socket: Socket) => void, port: number, host: string): Promise<number> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      accept(socket);
    });
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        // A failed accept (too many open files) concerns one client, not the listener.
        server.on('error', () => undefined);
        resolve((server.address() as AddressInfo).port);
      });
    });
  }

  /** Nothing new comes; `end` ends what is there, and says when patience is over. Resolves when all is gone. */
  close(end: () => Timer): Promise<void> {
    this.#closing ??= this.#close(end);
    return this.#closing;
  }

  async #close(end: () => Timer): Promise<void> {
    const stopped = Promise.all(this.#servers.map(stop));
    const timer = end();
    await stopped;
    timer.cancel();
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Resolves when the listener and all its connections are gone; at once where it never listened. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()));
}
