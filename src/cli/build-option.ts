/** From the table of options to the parser's. */
import { InvalidArgumentError, Option } from 'commander';
import { nearest } from '#app';
import type { CommandName, OptionDefinition, OptionName, Values } from './options.ts';
import { attributeOf, COMMAND_OPTIONS, flagOf, OPTIONS } from './options.ts';

export function buildOption(name: OptionName): Option {
  const definition: OptionDefinition = OPTIONS[name];
  const value = definition.value ?? definition.choices?.join('|');
  const takesValue = definition.kind !== 'flag' && definition.kind !== 'count';
  const short = definition.short === undefined ? '' : `-${definition.short}, `;
  const option = new Option(`${short}--${flagOf(name)}${takesValue ? ` <${value ?? 'VALUE'}>` : ''}`, definition.help);
  if (definition.env !== undefined) option.env(definition.env);
  if (definition.default !== undefined) option.default(definition.default);
  const parse = parser(definition);
  if (parse !== undefined) option.argParser(parse);
  return option;
}

/** What an option is that nobody gave; not told to the parser, whose help would print `default: []`. */
const ABSENT: Partial<Record<OptionDefinition['kind'], boolean | number | readonly string[]>> = {
  flag: false,
  count: 0,
  list: [],
  words: [],
};

/** All options of the command, those that nobody gave too. */
export function completeValues<Command extends CommandName>(
  command: Command,
  given: Readonly<Record<string, unknown>>,
): Values<Command> {
  const values = COMMAND_OPTIONS[command].map((name) => {
    const value = given[attributeOf(name)] ?? ABSENT[OPTIONS[name].kind];
    return [name, value] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Values<Command>;
}

type Parse = (text: string, previous: unknown) => unknown;

function parser(definition: OptionDefinition): Parse | undefined {
  switch (definition.kind) {
    case 'flag':
      return undefined;
    case 'count':
      return (_text, previous) => ((previous as number | undefined) ?? 0) + 1;
    case 'text':
      return (text) => text;
    case 'number':
      return (text) => parseNumber(text, definition);
    case 'choice':
      return (text) => parseChoice(text, definition);
    case 'list':
      return (text, previous) => [...((previous as string[] | undefined) ?? []), text];
    case 'words':
      return (text, previous) => {
        const words = text.split(',').map((word) => word.trim());
        return [
          ...((previous as string[] | undefined) ?? []),
          ...words.filter((word) => word !== '').map((word) => parseChoice(word, definition)),
        ];
      };
  }
}

function parseNumber(text: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: OptionDefinition): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new InvalidArgumentError(`it takes a whole number ${range}`);
}

function parseChoice(text: string, { choices }: OptionDefinition): string {
  if (choices === undefined || choices.includes(text)) return text;
  throw new InvalidArgumentError(`it takes ${choices.join(', ')}; did you mean ${nearest(text, choices)}?`);
}
