import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildOption, completeValues } from './build-option.ts';
import { attributeOf, COMMAND_OPTIONS, type CommandName, flagOf, OPTIONS, type OptionName } from './options.ts';

const names = Object.keys(OPTIONS) as OptionName[];

test('every option belongs to a command, has help, and its own flag and variable', () => {
  const used = new Set<string>(Object.values(COMMAND_OPTIONS).flat());
  expect(names.filter((name) => !used.has(name))).toEqual([]);
  const definitions = names.map((name) => OPTIONS[name] as { help: string; env?: string; short?: string });
  expect(definitions.filter(({ help }) => help === '')).toEqual([]);
  const variables = definitions.flatMap(({ env }) => env ?? []);
  expect(new Set(variables).size).toBe(variables.length);
  expect(variables.filter((env) => !env.startsWith('MQTTSPEC_'))).toEqual([]);
});

test('the parser files an option under the name that it has here', () => {
  for (const name of names) expect(buildOption(name).attributeName()).toBe(attributeOf(name));
  expect(names.filter((name) => attributeOf(name) !== name)).toEqual(['keyType', 'hosts', 'scenarios']);
  expect(flagOf('passwordFile')).toBe('password-file');
});

function parse(command: CommandName, args: string[]) {
  const parser = new Command(command).exitOverride().configureOutput({ writeErr: () => undefined });
  for (const name of COMMAND_OPTIONS[command]) parser.addOption(buildOption(name));
  parser.argument('[words...]');
  parser.parse(args, { from: 'user' });
  return completeValues(command, parser.opts());
}

describe('values', () => {
  test('what nobody gave is there all the same', () => {
    expect(parse('broker', [])).toEqual({
      fault: [],
      variant: [],
      host: '127.0.0.1',
      port: 1883,
      wsPort: 9001,
      wssPort: 8084,
      mqttsPort: 8883,
      requireClientCert: false,
      crl: false,
      identity: false,
      limits: [],
      log: false,
      debug: false,
    });
  });

  test('lists keep each value, words are split at commas', () => {
    expect(
      parse('run', ['--also', 'mqtt://a', '--also', 'mqtt://b', '--allow', 'intrusive,destructive']),
    ).toMatchObject({
      also: ['mqtt://a', 'mqtt://b'],
      allow: ['intrusive', 'destructive'],
    });
  });

  test('a flag that means something else to this command has another name', () => {
    const args = ['--key', 'rsa-2048', '--host', 'a.test', '--host', '10.0.0.7', '--only', 'client-*'];
    const { keyType, hosts, scenarios } = parse('certs', args);
    expect([keyType, hosts, scenarios]).toEqual(['rsa-2048', ['a.test', '10.0.0.7'], ['client-*']]);
  });

  test('-vv counts', () => {
    expect(parse('run', ['-vv'])).toMatchObject({ verbose: 2 });
  });

  test.each([
    ['--port', '70000', 'from 0 to 65535'],
    ['--port', '1.5', 'whole number'],
    ['--port', '', 'whole number'],
    ['--color', 'alwys', 'did you mean always'],
  ])('%s %s is refused: %s', (flag, value, message) => {
    expect(() => parse('broker', [flag, value])).toThrow(message);
  });
});
