import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openRunLine, type RunLine } from './run-line.ts';
import type { Told } from './shared/told.ts';

const open: RunLine[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

async function line(hear: (told: Told) => void = () => undefined): Promise<RunLine> {
  const made = await openRunLine(hear);
  open.push(made);
  return made;
}

const TOLD: Told = { user: 1, stage: 0, second: 1, points: [], whole: { messages_sent: 3 } };

it('hears what is told, in frames of any size, and asks to end; whoever comes later is asked as well', async () => {
  const heard: Told[] = [];
  const { url, stop } = await line((told) => heard.push(told));
  const user = new WebSocket(url);
  await once(user, 'open');
  const text = JSON.stringify(TOLD);
  user.send(text.slice(0, 10), { binary: false, fin: false });
  user.send(text.slice(10), { binary: false, fin: true });
  user.send(text);
  const asked = once(user, 'message');
  while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual([TOLD, TOLD]);
  stop();
  expect(String((await asked)[0])).toBe('stop');
  const later = new WebSocket(url);
  expect(String((await once(later, 'message'))[0])).toBe('stop');
  user.close();
  await once(user, 'close');
  later.terminate();
});

it('takes nobody who does not know its path, and nothing that is no frame', async () => {
  const { url } = await line(() => expect.unreachable());
  const stranger = new WebSocket(new URL('/', url));
  const [error] = (await once(stranger, 'error')) as [Error];
  expect(error.message).toContain('hang up');
  const { port, pathname } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await once(socket, 'data');
  socket.write('not a frame');
  await once(socket, 'close');
});
