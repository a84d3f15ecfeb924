/** From arguments to an exit code: the only place that ends the process. */
import { CommanderError } from 'commander';
import { COLOUR_CHOICES, type ColourChoice, padRight } from '#term';
import { describeFailure } from './failure-message.ts';
import { usageErrorOf } from './parse-failure.ts';
import { type Actions, buildProgram, EXAMPLES } from './program.ts';
import { EXIT } from './exit-codes.ts';
import { flushed, processTerminal, type Terminal } from './terminal.ts';

export async function main(argv: readonly string[]): Promise<void> {
  const terminal = processTerminal(colourOf(argv));
  const exitCode = await perform(argv, terminal);
  await flushed();
  process.exit(exitCode);
}

async function perform(argv: readonly string[], terminal: Terminal): Promise<number> {
  if (argv.length === 0) {
    terminal.out(terminal.outPaint().finish(examples()));
    return EXIT.done;
  }
  let exitCode: number = EXIT.done;
  const program = buildProgram(actionsFor(terminal), (code) => (exitCode = code));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    const failure = error instanceof CommanderError ? usageErrorOf(error, argv) : error;
    if (failure === undefined) return EXIT.done;
    const { exitCode, text } = describeFailure(failure, terminal.errPaint(), argv.includes('--debug'));
    terminal.err(text);
    return exitCode;
  }
}

function actionsFor(terminal: Terminal): Actions {
  return {
    run: async () => (await import('./run-command.ts')).runCommand(terminal),
    broker: async () => (await import('./broker-command.ts')).brokerCommand(terminal),
    list: async () => (await import('./list-command.ts')).listCommand(terminal),
    explain: async () => (await import('./explain-command.ts')).explainCommand(terminal),
    report: async () => (await import('./report-command.ts')).reportCommand(terminal),
    certs: async () => (await import('./certs-command.ts')).certsCommand(terminal),
    load: async () => (await import('./load-command.ts')).loadCommand(terminal),
    doctor: async () => (await import('./doctor-command.ts')).doctorCommand(terminal),
  };
}

function examples(): string {
  const width = Math.max(...EXAMPLES.map(([command]) => command.length));
  return EXAMPLES.map(([command, what]) => `${padRight(command, width)}   ${what}\n`).join('');
}

/** Needed before anything is parsed: a parse error has colours, too. */
function colourOf(argv: readonly string[]): ColourChoice | undefined {
  const at = argv.findIndex((word) => word === '--color' || word.startsWith('--color='));
  const text = argv[at]?.split('=')[1] ?? argv[at + 1];
  return at < 0 ? undefined : COLOUR_CHOICES.find((choice) => choice === text);
}
