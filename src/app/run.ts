/** Checks one broker: the public face of the harness. */
import type { Dial } from '#net';
import type { RunListener, RunResult } from '#results';
import type { Target, TargetInput } from '#target';
import { UntestableError, UsageError } from './errors.ts';
import { startReferenceBroker } from './reference-broker.ts';
import { toolIdentity } from './tool.ts';

export interface RunOptions extends Omit<TargetInput, 'url'> {
  /** `ws://localhost:9001/mqtt`; absent: the bundled reference broker is started and checked. */
  readonly url?: string;
  /** What the reports call the broker. Default: what it says of itself. */
  readonly label?: string;
  /** Selection grammar: `connect suite:handshake !id:connect/*`. Absent: all that suits the target. */
  readonly selection?: string;
  /** Repeats a run's order and identifiers. Default: a random one. */
  readonly seed?: string;
  /** Instances at the same time. */
  readonly concurrency?: number;
  /** Risks beyond `gentle` on a target that is not loopback. */
  readonly allow?: readonly ('intrusive' | 'destructive')[];
  /** Warnings fail the run. */
  readonly strict?: boolean;
  /** Inconclusive instances alone do not fail the run. */
  readonly allowInconclusive?: boolean;
  /** Milliseconds after which the rest is not run. */
  readonly timeLimitMs?: number;
  /** The command that repeats the run but for the seed, secrets left out. Default: made of the URL. */
  readonly command?: string;
  /** Ends the run: what was done until then is the result. */
  readonly signal?: AbortSignal;
  /** Hears of everything while it goes on. */
  readonly onEvent?: RunListener;
}

/**
 * Runs the cases and concludes. Writes nothing. A broker that violates, dies or hangs is a result; throws `UsageError` on
 * options that cannot be meant (URL, credentials, selection) and `UntestableError` where there is no broker to test.
 */
export async function run(options: RunOptions = {}): Promise<RunResult> {
  const { url } = options;
  if (url !== undefined) return check({ ...options, url });
  if (options.also !== undefined && options.also.length > 0) {
    throw new UsageError('further endpoints were named, but not the first', 'for example: mqttspec run URL --also URL');
  }
  const broker = await startReferenceBroker();
  try {
    const message = `no URL was given: the bundled reference broker is checked, at ${broker.wsUrl}`;
    options.onEvent?.({ type: 'note', message });
    return await check({ label: 'the bundled reference broker', ...options, url: broker.wsUrl });
  } finally {
    await broker.close();
  }
}

async function check(options: RunOptions & { readonly url: string }): Promise<RunResult> {
  const [{ runCases }, { CASES }, { socketDial }, io] = await Promise.all([
    import('#runner'),
    import('#suites'),
    import('#net'),
    import('#io'),
  ]);
  const target = await readTarget(options);
  const clock = io.realClock();
  const dial: Dial = socketDial(target, clock);
  const seed = options.seed ?? Buffer.from(io.cryptoRandom.bytes(4)).toString('hex');
  const { label, selection, concurrency, allow, strict, allowInconclusive, timeLimitMs, signal, onEvent } = options;
  const command = commandOf(options, seed);
  try {
    return await runCases({
      cases: CASES,
      target,
      tool: toolIdentity(CASES),
      clock,
      dial,
      seed,
      listeners: onEvent === undefined ? [] : [onEvent],
      ...(command === undefined ? {} : { command }),
      ...(label === undefined ? {} : { label }),
      ...(selection === undefined ? {} : { selection }),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(allow === undefined ? {} : { allow }),
      ...(strict === undefined ? {} : { strict }),
      ...(allowInconclusive === undefined ? {} : { allowInconclusive }),
      ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    throw await understood(error);
  }
}

function commandOf({ command, seed: given }: RunOptions, seed: string): string | undefined {
  return command === undefined || given !== undefined ? command : `${command} --seed ${seed}`;
}

async function readTarget(options: RunOptions & { readonly url: string }): Promise<Target> {
  const { parseTarget, TargetError } = await import('#target');
  try {
    return parseTarget(options);
  } catch (error) {
    throw error instanceof TargetError ? new UsageError(error.message) : error;
  }
}

/** Errors of the runner that the caller can do something about, in the words of this folder. */
async function understood(error: unknown): Promise<unknown> {
  const { NotTestableError, SelectionError } = await import('#runner');
  if (error instanceof SelectionError) return new UsageError(error.message, error.hint);
  if (error instanceof NotTestableError) {
    const { sentence, tries } = error.failure;
    return new UntestableError(sentence, tries.map((one) => `try: ${one}`).join('\n'));
  }
  return error;
}
