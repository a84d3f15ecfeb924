import type { Socket } from 'node:net';
import type { Clock } from '#io';

export interface Phase {
  readonly ready: 'connect' | 'secureConnect';
  /** Milliseconds. */
  readonly within: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Waits for one phase of a socket. Undefined: it is ready; otherwise why not, and the socket is destroyed. */
export function untilReady(
  socket: Socket,
  { ready, within, clock, signal }: Phase,
): Promise<NodeJS.ErrnoException | 'timeout' | 'aborted' | undefined> {
  return new Promise((resolve) => {
    const settle = (failed: NodeJS.ErrnoException | 'timeout' | 'aborted' | undefined): void => {
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
      socket.off(ready, onReady).off('close', onClose);
      if (failed !== undefined) {
        socket.destroy();
        resolve(failed);
        return;
      }
      socket.off('error', onError);
      resolve(undefined);
    };
    const onReady = (): void => settle(undefined);
    // Stays on after a failure: a destroyed socket may still report, and nobody else listens.
    const onError = (error: NodeJS.ErrnoException): void => settle(error);
    const onClose = (): void => settle(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const onAbort = (): void => settle('aborted');
    const timer = clock.after(within, () => settle('timeout'));
    socket.once(ready, onReady).on('error', onError).once('close', onClose);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
