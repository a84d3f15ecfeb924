/** `mqttspec load` where what was asked cannot be meant, or not be done here. */
import { describe, expect, test } from 'vitest';
import { cli } from './cli.ts';

describe('bad input: one sentence, what to do, the right exit code', () => {
  const refused = async (...args: string[]) => {
    const { code, stderr, stdout } = await cli(['load', ...args]);
    expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
    return { code, stderr, stdout };
  };

  test.each([
    [['runs'], "load can't 'runs'"],
    [['run'], 'load run takes a profile'],
    [['run', 'smok', 'ws://x'], "there is no profile 'smok'\n  did you mean smoke?"],
    [['run', './nowhere.json', 'ws://x'], './nowhere.json cannot be read'],
    [['run', 'smoke', 'ws://x', 'ws://y'], 'load run takes one profile and one URL'],
    [['run', 'smoke', 'ws://x', '--set', 'pair=1'], "the profile smoke has no parameter 'pair'\n  did you mean pairs?"],
    [['run', 'smoke', 'ws://x', '--set', 'pairs=0'], 'pairs=0: it takes a whole number from 1 to 10000'],
    [['run', 'smoke', 'ws://x', '--set', 'pairs'], '--set pairs: it takes NAME=VALUE'],
    [
      ['run', 'smoke', 'ws://x', '--threshold', 'mesage_latency: p(99)<1'],
      "there is no metric 'mesage_latency'\n  did you mean message_latency?",
    ],
    [['run', 'smoke', 'ws://x', '--threshold', 'delivered: p(99)<1'], 'delivered is a rate and has no p(99)'],
    [['run', 'smoke', 'ws://x', '--threshold', 'fast'], "--threshold 'fast': it takes METRIC: EXPRESSION"],
    [['run', 'shared-subscription', 'ws://x', '--mqtt', '3.1.1'], 'the profile shared-subscription needs MQTT 5.0'],
    [['run', 'tls-handshake-storm', 'ws://x'], 'the profile tls-handshake-storm is about TLS'],
    [['run', 'smoke', 'http://x'], '"http://x" is not the URL of an MQTT broker'],
    [['run', 'smoke', '--also', 'ws://x'], 'further endpoints were named, but not the first'],
    [
      ['run', 'connect-storm', 'ws://127.0.0.1:9', '--set', 'clients=1M'],
      '1000000 connections are more than this machine can open',
    ],
    [['merge'], 'load merge takes the results files'],
    [['merge', 'package.json'], 'package.json cannot be read'],
    [['list', 'all'], "load list takes nothing, not 'all'"],
  ])('%s', async (args, message) => {
    const { code, stderr } = await refused(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('nobody listens: exit code 3', async () => {
    const { code, stderr } = await refused('run', 'smoke', 'ws://127.0.0.1:9/mqtt');
    expect(code).toBe(3);
    expect(stderr).toContain('127.0.0.1:9');
  });
});
