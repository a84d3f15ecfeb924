/** `mqttspec run`: checks, shows, writes the reports, and answers with an exit code. */
import { resultsDocument, run, type RunOptions, shownCommand, UsageError, writeReports } from '#app';
import { renderConclusion, renderSummary } from '#term';
import { type Interruption, interruptions } from './interruption.ts';
import type { Values } from './options.ts';
import type { Action } from './program.ts';
import { formatsOf } from './report-command.ts';
import { outputMode, reporterFor } from './run-reporter.ts';
import { targetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';

export function runCommand(terminal: Terminal): Action<'run'> {
  return async (args, values) => {
    if (values.json && values.events) throw new UsageError('--json and --events both want stdout', 'name one of them');
    const options = { ...(await targetOptions(values, process.env)), ...runOptions(args, values) };
    const reporter = reporterFor(values, terminal);
    // Nothing may be drawn over what the shell says next.
    const interruption = interruptions(() => reporter.stop());
    try {
      const result = await run({
        ...options,
        signal: interruption.signal,
        onEvent: listener(values, terminal, reporter, interruption),
      });
      reporter.stop();
      return await conclude(result, values, terminal, interruption);
    } finally {
      reporter.stop();
      interruption.dispose();
    }
  };
}

type Listener = NonNullable<RunOptions['onEvent']>;
type Result = Awaited<ReturnType<typeof run>>;

function listener(
  values: Values<'run'>,
  terminal: Terminal,
  reporter: ReturnType<typeof reporterFor>,
  interruption: Interruption,
): Listener {
  const events = outputMode(values) === 'events';
  const times = process.env['MQTTSPEC_TIMES'] === undefined ? undefined : timeOfFirstCase(terminal);
  return (event) => {
    times?.(event.type);
    if (interruption.exitCode() === undefined) reporter.event(event);
    if (events) terminal.out(`${JSON.stringify(event)}\n`);
  };
}

/** For benchmarks: how long a user waits until something happens, since the process was launched. */
function timeOfFirstCase(terminal: Terminal): (type: string) => void {
  let told = false;
  return (type) => {
    if (told || type !== 'case-start') return;
    told = true;
    terminal.err(`first case after ${Math.round(performance.now())} ms\n`);
  };
}

async function conclude(
  result: Result,
  values: Values<'run'>,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const reports = await writeReports([result], { folder: values.out, formats: [...formatsOf(values), 'json'] });
  const mode = outputMode(values);
  if (mode === 'json') terminal.out(await resultsDocument(result));
  else if (mode === 'quiet') terminal.out(renderConclusion(result, terminal.outPaint()));
  else if (mode === 'text') terminal.out(renderSummary(result, reports, terminal.outPaint()));
  return interruption.exitCode() ?? result.conclusion.exitCode;
}

/** With a scheme, or a host with its port: such a word is an address, not a selection. */
const isAddress = (word: string): boolean => word.includes('://') || /^[\w.-]+:\d+(?:\/|$)/.test(word);

/** The first address is the URL; all other words select. */
function runOptions(args: readonly string[], values: Values<'run'>): RunOptions {
  const [url, further] = args.filter(isAddress);
  if (further !== undefined) {
    throw new UsageError('run takes one URL', `a further endpoint of the same broker: --also ${further}`);
  }
  const selection = [...args.filter((word) => !isAddress(word)), ...values.only].join(' ');
  return {
    command: shownCommand(process.argv.slice(2)),
    strict: values.strict,
    allowInconclusive: values.allowInconclusive,
    allow: values.allow as NonNullable<RunOptions['allow']>,
    ...(url === undefined ? {} : { url }),
    ...(selection === '' ? {} : { selection }),
    ...catalogued(values),
    ...(values.label === undefined ? {} : { label: values.label }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(values.concurrency === undefined ? {} : { concurrency: values.concurrency }),
    ...(values.timeLimit === undefined ? {} : { timeLimitMs: values.timeLimit * 1000 }),
  };
}

function catalogued({ broker, local, image }: Values<'run'>): Pick<RunOptions, 'broker'> {
  if (broker !== undefined) return { broker: { name: broker, local, ...(image === undefined ? {} : { image }) } };
  if (local || image !== undefined) {
    throw new UsageError('--local and --image say how a broker of the catalogue is started', 'add --broker NAME');
  }
  return {};
}
