/** Commands, their arguments and options. What they do is loaded when one is called. */
import { Argument, Command } from 'commander';
import { LISTS } from '#app';
import { buildOption, completeValues } from './build-option.ts';
import { COMMAND_OPTIONS, type CommandName, PASSWORD_ENV, type Values } from './options.ts';

/** What a command is given; gives the exit code. */
export type Action<Name extends CommandName> = (args: readonly string[], values: Values<Name>) => Promise<number>;
export type Actions = { readonly [Name in CommandName]: () => Promise<Action<Name>> };

interface CommandDefinition {
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly examples: readonly string[];
}

const COMMANDS: { readonly [Name in CommandName]: CommandDefinition } = {
  run: {
    summary: 'check one broker; without a URL: the bundled reference broker',
    arguments: [
      new Argument('[url]', 'ws://, wss://, mqtt:// or mqtts://; user info and query are understood'),
      new Argument(
        '[selection...]',
        'which cases: connect, suite:handshake, req:5.0/MQTT-3.1.*, level:must, over:ws, !slow',
      ),
    ],
    examples: [
      'mqttspec run ws://localhost:9001/mqtt',
      'mqttspec run wss://broker.example/mqtt --cacert ca.pem suite:connect --junit',
    ],
  },
  broker: {
    summary: 'start the reference broker, well-behaved or with named faults',
    arguments: [],
    examples: ['mqttspec broker', 'mqttspec broker --fault accepts-second-connect --log'],
  },
  list: {
    summary: `print what there is: ${LISTS.join(', ')}`,
    arguments: [new Argument('<what>', LISTS.join(', '))],
    examples: ['mqttspec list cases', 'mqttspec list requirements --json'],
  },
  explain: {
    summary: 'say what a requirement, a case, a fault, a variant or a defect is',
    arguments: [
      new Argument('<id...>', 'MQTT-3.1.0-2, 5.0/MQTT-3.1.0-2, ws/upgrade/accept-key, connect/second-connect, D-H01'),
    ],
    examples: ['mqttspec explain MQTT-3.1.0-2', 'mqttspec explain no-pingresp'],
  },
  report: {
    summary: 'make reports of results files; several files: columns side by side',
    arguments: [new Argument('<file...>', 'results of earlier runs (JSON)')],
    examples: ['mqttspec report mqttspec-out/*.json --html'],
  },
  certs: {
    summary: 'make good and bad TEST certificates, say what there is, say how to trust them',
    arguments: [
      new Argument('<what>', 'make, list, trust'),
      new Argument('[dir]', 'folder of the certificates (default: mqttspec-certs)'),
    ],
    examples: [
      'mqttspec certs make',
      'mqttspec certs make certs --host broker.example --cn alice --key rsa-2048',
      'mqttspec certs list',
      'mqttspec certs trust',
    ],
  },
  load: {
    summary: 'put a broker under load, list the profiles, merge results, export to k6',
    arguments: [
      new Argument('<what>', 'run, list, merge or export'),
      new Argument(
        '[words...]',
        'run: a profile (or the path of one) and a URL; merge: results files of the runners, or logs of k6; export: k6 or k6-operator, a profile and a URL',
      ),
    ],
    examples: [
      'mqttspec load run smoke ws://localhost:9001/mqtt',
      "mqttspec load run fan-in ws://localhost:9001/mqtt --set rate=5K --threshold 'message_latency: p(99)<50'",
      'mqttspec load run steady-pubsub ws://localhost:9001/mqtt --also mqtt://localhost:1883 --repeat 3',
      'mqttspec load export k6 smoke ws://localhost:9001/mqtt --save smoke.js',
      'mqttspec load list',
    ],
  },
  doctor: {
    summary: 'say what is missing on this machine and how to get it',
    arguments: [],
    examples: ['mqttspec doctor'],
  },
};

export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

/** The five lines of a call without arguments. */
export const EXAMPLES = [
  ['mqttspec run', 'see it work on the bundled broker'],
  ['mqttspec run ws://localhost:9001/mqtt', 'check a broker'],
  ['mqttspec broker --fault no-pingresp', 'a misbehaving broker to test clients with'],
  ['mqttspec list cases', 'what is checked'],
  ['mqttspec explain MQTT-3.1.0-2', 'what a requirement means'],
] as const;

/** `done` gets the exit code. Parse errors are thrown as `CommanderError`; nothing is printed but help. */
export function buildProgram(actions: Actions, done: (exitCode: number) => void): Command {
  const program = new Command('mqttspec')
    .description('Checks MQTT brokers over WebSocket, on the wire, against the standards')
    .usage('COMMAND [options]')
    .option('-V, --version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  for (const name of COMMAND_NAMES) program.addCommand(buildCommand(name, actions, done));
  return program;
}

function buildCommand(name: CommandName, actions: Actions, done: (exitCode: number) => void): Command {
  const definition = COMMANDS[name];
  const command = new Command(name)
    .description(definition.summary)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  for (const argument of definition.arguments) command.addArgument(argument);
  for (const option of COMMAND_OPTIONS[name]) command.addOption(buildOption(option));
  command.addHelpText('after', () => helpTail(name, definition.examples));
  return command.action(async () => {
    // The values are complete for this very name, which the union of all actions cannot say.
    const act = (await actions[name]()) as (args: readonly string[], values: unknown) => Promise<number>;
    done(await act(command.args, completeValues(name, command.opts())));
  });
}

function helpTail(name: CommandName, examples: readonly string[]): string {
  const password = `\nEnvironment:\n  ${PASSWORD_ENV}  password of CONNECT\n`;
  return `${name === 'run' || name === 'load' ? password : ''}\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`;
}
