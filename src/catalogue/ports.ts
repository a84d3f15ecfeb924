/** Ports of the machine: free ones, and whether somebody listens. */
import { connect, createServer } from 'node:net';
import { sleep, type Clock } from '#io';

/** Free ports of 127.0.0.1, all different. Somebody else may take them before they are used: then the start fails. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => void server.close(resolve))));
  return ports;
}

/** True once all ports take connections; false where `given up` says so or the time is over. */
export async function listening(
  clock: Clock,
  ports: readonly number[],
  ms: number,
  over: () => boolean,
): Promise<boolean> {
  const end = clock.now() + ms;
  for (const port of ports) {
    while (!(await accepts(port))) {
      if (over() || clock.now() > end) return false;
      await sleep(clock, POLL_MS);
    }
  }
  return true;
}

/** Milliseconds between two looks. */
const POLL_MS = 100;

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (result: boolean) => (): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
}
