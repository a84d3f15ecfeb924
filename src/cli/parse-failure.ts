/** What the parser refuses, in our words: what was wrong, the nearest valid name, one example. */
import type { CommanderError } from 'commander';
import { nearest, UsageError } from '#app';
import { COMMAND_OPTIONS, type CommandName, flagOf } from './options.ts';
import { COMMAND_NAMES } from './program.ts';

/** Undefined where help was asked for: then all is printed already. */
export function usageErrorOf(error: CommanderError, argv: readonly string[]): UsageError | undefined {
  const command = COMMAND_NAMES.find((name) => name === argv.find((word) => !word.startsWith('-')));
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.helpDisplayed':
    case 'commander.help':
      return undefined;
    case 'commander.unknownCommand':
      return unknownCommand(quoted);
    case 'commander.unknownOption':
      return unknownOption(quoted, command);
    default:
      return new UsageError(plain(error.message), `see mqttspec ${command === undefined ? '' : `${command} `}--help`);
  }
}

function unknownCommand(word: string): UsageError {
  if (word.includes('://')) return new UsageError(`'${word}' is no command`, `did you mean: mqttspec run ${word}`);
  return new UsageError(`there is no command '${word}'`, `did you mean: mqttspec ${nearest(word, COMMAND_NAMES)}`);
}

function unknownOption(flag: string, command: CommandName | undefined): UsageError {
  const known = command === undefined ? ['version', 'help'] : [...COMMAND_OPTIONS[command], 'help'];
  const name = flag.replace(/^-+/, '').replace(/=.*$/, '');
  const near = nearest(name, known.map(flagOf));
  const where = command === undefined ? 'mqttspec' : `mqttspec ${command}`;
  const elsewhere = COMMAND_NAMES.filter((other) => COMMAND_OPTIONS[other].some((option) => flagOf(option) === name));
  const hint = elsewhere.length === 0 ? `did you mean --${near}?` : `it belongs to mqttspec ${elsewhere.join(', ')}`;
  return new UsageError(`${where} has no option '${flag}'`, `${hint} See ${where} --help`);
}

/** `error: option '--seed <TEXT>' argument missing` → without its head. */
function plain(message: string): string {
  return message.replace(/^error: /, '').replace(/\.$/, '');
}
