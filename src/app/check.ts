import { installedDrivers } from '#drivers';
import { cryptoRandom, realClock } from '#io';
import { socketDial } from '#net';
import type { RunResult } from '#results';
import { NotTestableError, runCases, SelectionError } from '#runner';
import { CASES } from '#suites';
import { UntestableError, UsageError } from './errors.ts';
import { readTarget } from './read-target.ts';
import type { RunOptions } from './run.ts';
import { toolIdentity } from './tool.ts';

/** The run itself, with everything that it takes. */
export async function check(
  options: RunOptions & { readonly url: string },
  /** Where the broker was started for this run. */
  started: { readonly knownAs?: string; readonly restart?: () => Promise<void> } = {},
): Promise<RunResult> {
  const target = await readTarget(options);
  const clock = realClock();
  const seed = options.seed ?? Buffer.from(cryptoRandom.bytes(4)).toString('hex');
  const { label, selection, concurrency, allow, strict, allowInconclusive, timeLimitMs, signal, onEvent } = options;
  const command = commandOf(options, seed);
  const drivers = installedDrivers();
  try {
    return await runCases({
      cases: CASES,
      target,
      tool: toolIdentity(CASES),
      clock,
      dial: socketDial(target, clock),
      drivers,
      seed,
      ...started,
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
    throw understood(error);
  } finally {
    await drivers.close();
  }
}

function commandOf({ command, seed: given }: RunOptions, seed: string): string | undefined {
  return command === undefined || given !== undefined ? command : `${command} --seed ${seed}`;
}

/** Errors of the runner that the caller can do something about, in the words of this folder. */
function understood(error: unknown): unknown {
  if (error instanceof SelectionError) return new UsageError(error.message, error.hint);
  if (error instanceof NotTestableError) {
    const { sentence, tries } = error.failure;
    return new UntestableError(sentence, tries.map((one) => `try: ${one}`).join('\n'));
  }
  return error;
}
