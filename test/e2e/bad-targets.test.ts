import { describe, expect, test } from 'vitest';
import { cli } from './cli.ts';
import { flood, frame, serve, upgraded } from './servers.ts';

/** One sentence that says what, one thing to try, exit 3, nothing on stdout, no stack. */
async function refusesToTest(url: string): Promise<string> {
  const { code, stdout, stderr } = await cli(['run', url]);
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/^mqttspec: .+\n {2}\S/m);
  return stderr;
}

test('nobody listens', async () => {
  const gone = await serve(() => undefined);
  gone.close();
  expect(await refusesToTest(`ws://127.0.0.1:${gone.port}/mqtt`)).toMatch(/refused/);
});

test('no such host', async () => {
  expect(await refusesToTest('ws://no-such-host.invalid:9001/mqtt')).toContain('no-such-host.invalid');
});

// Side by side: some of them are only known by what does not come.
describe.concurrent('somebody listens, but', () => {
  test.each<[string, Parameters<typeof serve>[0], RegExp]>([
    ['speaks HTTP only', (socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'), /404/],
    ['closes without a word', (socket) => socket.end(), /closed|ended/],
    ['resets', (socket) => socket.resetAndDestroy(), /reset|closed|ended/],
    ['says nothing', (socket) => void socket.resume(), /nothing|silen|answer/],
    ['says something else', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), /HTTP/],
    ['closes after the upgrade', upgraded((socket) => socket.end()), /101/],
    ['is silent after the upgrade', upgraded((socket) => void socket.resume()), /CONNACK|answer|nothing/],
    [
      'speaks another protocol over WebSocket',
      upgraded((socket) => socket.write(frame([0x7b, 0x7d, 0x7b, 0x7d]))),
      /MQTT/,
    ],
    [
      'refuses the credentials',
      upgraded((socket) => socket.write(frame([0x20, 0x03, 0x00, 0x87, 0x00]))),
      /0x87|authori/i,
    ],
    ['floods without an end', flood(Buffer.alloc(65_536, 0x41)), /HTTP/],
    [
      'sends an HTTP head without an end',
      (socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\n');
        flood(Buffer.from(`X: ${'a'.repeat(1000)}\r\n`.repeat(60)))(socket);
      },
      /HTTP/,
    ],
    [
      'floods with Pings after the upgrade',
      upgraded(flood(Buffer.from('8900'.repeat(8192), 'hex'))),
      /CONNACK|answer|nothing/,
    ],
    [
      'announces more than it can send',
      upgraded((socket) => socket.write(Buffer.from('827f7fffffffffffffff00', 'hex'))),
      /./,
    ],
  ])('it %s', async (_, talk, expected) => {
    const server = await serve(talk);
    const said = await refusesToTest(`ws://127.0.0.1:${server.port}/mqtt`).finally(server.close);
    expect(said).toMatch(expected);
  });
});
