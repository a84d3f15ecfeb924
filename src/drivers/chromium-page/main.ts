/** The script of the page: clients by number, for the process that drives the browser. */
import { decodeBase64 } from '#wire';
import type { PageSide, PageSocketFate } from './contract.ts';
import { MqttJsClient } from './mqttjs-client.ts';
import { OwnClient } from './own-client.ts';
import { page, show } from './window.ts';

const clients: PageSide[] = [];

function client(id: number): PageSide {
  const found = clients[id];
  if (found === undefined) throw new Error(`the page has no client ${id}`);
  return found;
}

/** Which may be a token, and there may be pictures. */
const withoutQuery = (url: string): string => url.replace(/\?.*/, '');

page.mqttspec = {
  open: async (library, options) => {
    show(`${library} ${withoutQuery(options.url)} ${options.clientId}`);
    // MQTT.js is large: whoever does without it doesn't load it.
    const opening =
      library === 'own' ? new OwnClient(options) : new MqttJsClient((await import('mqtt')).default, options);
    await opening.connect();
    show('CONNACK');
    return { id: clients.push(opening) - 1, sessionPresent: opening.sessionPresent };
  },
  visit: async (url) => {
    show(`visit ${url}`);
    await page.fetch(url, { mode: 'no-cors' });
  },
  socket: (url, protocols) =>
    new Promise<PageSocketFate>((resolve) => {
      show(`WebSocket ${withoutQuery(url)} ${protocols.join(', ')}`);
      const socket = new page.WebSocket(url, protocols);
      socket.addEventListener('open', () => {
        show(`open, protocol ${JSON.stringify(socket.protocol)}`);
        resolve({ opened: true, protocol: socket.protocol });
        socket.close(1000);
      });
      socket.addEventListener('close', ({ code, reason, wasClean }) => {
        show(`close ${code}`);
        resolve({ opened: false, end: { code, reason, wasClean } });
      });
    }),
  subscribe: (id, filter, qos) => client(id).subscribe(filter, qos),
  publish: (id, topic, payload, qos, retain) =>
    client(id).publish(topic, decodeBase64(payload) ?? new Uint8Array(0), qos, retain),
  message: (id) => client(id).message(),
  again: (id) => client(id).again(),
  end: (id) => client(id).end(),
  close: (id) => client(id).close(),
  ended: (id) => client(id).ended(),
};
