import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { cli } from './cli.ts';

test('without arguments: five example lines', async () => {
  const { code, stdout, stderr } = await cli([]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(5);
  expect(stdout).toContain('mqttspec run ws://localhost:9001/mqtt');
});

test('--version is the version and nothing else', async () => {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  expect(await cli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([[['--help']], [['run', '--help']], [['broker', '-h']]])('%o prints help on stdout', async (args) => {
  const { code, stdout, stderr } = await cli(args);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Usage: mqttspec');
});

describe('wrong use: what was wrong, what was meant, exit 2, nothing on stdout', () => {
  test.each([
    [['rnu'], "there is no command 'rnu'", 'mqttspec run'],
    [['ws://localhost:9001/mqtt'], 'is no command', 'mqttspec run ws://localhost:9001/mqtt'],
    [['run', '--sede', '1'], "no option '--sede'", '--seed'],
    [['broker', '--prot', '1'], "no option '--prot'", '--port'],
    [['broker', '--seed', '1'], "no option '--seed'", 'it belongs to mqttspec run'],
    [['--verison'], "no option '--verison'", '--version'],
    [['run', '--concurrency', 'many'], 'whole number', 'mqttspec run --help'],
    [['run', '--mqtt', '5.1'], "'5.1'", 'did you mean 5.0'],
    [['run', '--allow', 'destructiv'], "'destructiv'", 'did you mean destructive'],
    [['run', '--seed'], 'argument missing', 'mqttspec run --help'],
    [['run', '--json', '--events'], 'both want stdout', 'one of them'],
    [['run', 'ws://a/mqtt', 'ws://b/mqtt'], 'one URL', '--also ws://b/mqtt'],
    [['run', 'localhost:9001'], '"localhost:9001" names no protocol', 'ws://localhost:9001'],
    [['run', 'htp://localhost:9001/mqtt'], 'htp', 'ws://'],
    [['run', 'ws://localhost:1/', '--password-file', 'no-such-file'], 'no such file', ''],
    [['run', 'ws://localhost:1/', '--declare', 'acll'], 'acll', 'acl'],
    [['run', 'nonsense-that-selects-nothing'], 'nonsense-that-selects-nothing', ''],
    [['run', 'suite:conect'], 'conect', 'connect'],
    [['broker', '--fault', 'no-pingrep'], "no fault 'no-pingrep'", 'no-pingresp'],
    [['broker', '--variant', 'slow-subac'], "no variant 'slow-subac'", 'slow-suback'],
    [['broker', '--path', 'mqtt'], 'slash', '--path /mqtt'],
    [['list', 'case-'], "no list of 'case-'", 'cases'],
    [['list'], "argument 'what'", 'mqttspec list --help'],
    [['explain'], "argument 'id'", 'mqttspec explain --help'],
    [['explain', 'MQTT-3.1.0-222'], "'MQTT-3.1.0-222'", 'MQTT-3.1.0-2'],
    [['explain', 'connect/second-conect'], 'second-conect', 'connect/second-connect'],
    [['report', 'no-such-file.json'], 'no-such-file.json', ''],
    [['report'], "argument 'file'", 'mqttspec report --help'],
  ])('%o', async (args, message, hint) => {
    const { code, stdout, stderr } = await cli(args);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
    expect([code, stdout]).toEqual([2, '']);
  });
});
