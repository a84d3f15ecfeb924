/** The two streams of a command, and what each can show. */
import { canAnimate, type ColourChoice, detectStyle, type Paint, paintFor } from '#term';

export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Progress, and what went wrong. */
  err(text: string): void;
  /** Asked again at each use: terminals change their width. */
  outPaint(): Paint;
  errPaint(): Paint;
  /** True where a live window may be drawn on stderr. */
  readonly animate: boolean;
}

export function processTerminal(colour: ColourChoice | undefined): Terminal {
  const { stdout, stderr, env } = process;
  const paint = (stream: NodeJS.WriteStream): Paint =>
    paintFor(detectStyle({ env, isTty: stream.isTTY ?? false, columns: stream.columns, colour }));
  return {
    out: quietly(stdout),
    err: quietly(stderr),
    outPaint: () => paint(stdout),
    errPaint: () => paint(stderr),
    animate: canAnimate({ env, isTty: stderr.isTTY ?? false }),
  };
}

const watched = new WeakSet<NodeJS.WriteStream>();

/** A reader that has gone (`| head`) stops the output, not the work: reports are still written, the exit code stays true. */
function quietly(stream: NodeJS.WriteStream): (text: string) => void {
  if (!watched.has(stream)) {
    watched.add(stream);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return (text) => {
    if (!stream.writableEnded && !stream.destroyed) stream.write(text);
  };
}

/** Resolves when all that was written has left the process. */
export async function flushed(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map(drained));
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableEnded) resolve();
    else stream.write('', () => resolve());
  });
}
