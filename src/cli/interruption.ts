/** Ctrl-C ends the work in order, a second one at once. */
import { EXIT } from './exit-codes.ts';

export interface Interruption {
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for; undefined: none came. */
  exitCode(): number | undefined;
  dispose(): void;
}

export function interruptions(notice: () => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const onSignal = (name: 'SIGINT' | 'SIGTERM'): void => {
    const code = name === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    if (exitCode !== undefined) process.exit(code);
    exitCode = code;
    notice();
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    dispose: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
