/** What must not compile, and what must: checked by `tsc`, as `@ts-expect-error` fails where there is no error. */
import { Client } from 'k6/x/mqtt';

const client: Client = new Client({ client_id: 'a', will: { topic: 'w', payload: 'gone', qos: 1, retain: true } });

client.on('message', (topic, payload) => {
  const text: string = topic;
  const bytes: ArrayBuffer = payload;
  // @ts-expect-error: not connected, as far as anybody knows: it would kill the process
  client.publish(text, new Uint8Array(bytes));
  if (client.connected) client.publish(text, new Uint8Array(bytes), { qos: 1 });
});
client.on('error', ({ name, method, message }) => [name, method, message]);
// @ts-expect-error: there is no such event
client.on('close', () => undefined);

client.connect('ws://127.0.0.1/mqtt', { keepalive: 30, clean_session: true, servers: ['mqtt://127.0.0.1'] });
// @ts-expect-error: it has no effect
client.connect('ws://127.0.0.1/mqtt', { clean_session: false });
// @ts-expect-error: after it no message arrives, and the client can't be ended
client.reconnect();
// @ts-expect-error: 0, 1 or 2
void client.publishAsync('t', 'x', { qos: 3 });

if (client.connected) {
  client.publish('t', 'text');
  client.subscribe('t', { qos: 2 });
  client.unsubscribe('t');
  // @ts-expect-error: it would kill the process
  client.publish('t', new Uint8Array(1).buffer);
  // @ts-expect-error: it would kill the process
  client.publish('t', { a: 1 });
  // @ts-expect-error: it would kill the process
  client.subscribe(['t', 'u']);
  // @ts-expect-error: it would kill the process
  client.subscribe({ t: { qos: 1 } });
  // @ts-expect-error: it would kill the process
  client.unsubscribe(['t', 'u']);
}
void client.subscribeAsync('t').then(() => client.endAsync());
