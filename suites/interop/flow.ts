/** The documented flow of a client, and what passes while it goes on. */
import { text, type CaseContext, type ForeignClient } from '#kit';

type Flowing = Pick<ForeignClient, 'trace' | 'subscribe' | 'publish' | 'message'> & {
  readonly end: () => Promise<unknown>;
};

/** `CONNECT > SUBSCRIBE > …`: what really passed, keep-alive left out. */
function passed(client: Pick<ForeignClient, 'trace'>): string[] {
  return client.trace
    .filter(({ packet }) => packet.type !== 'PINGREQ' && packet.type !== 'PINGRESP')
    .map(({ from, packet }) => `${from === 'client' ? '→' : '←'} ${packet.type}`);
}

export function expectTrace(
  t: CaseContext<unknown>,
  client: Pick<ForeignClient, 'trace'>,
  expected: readonly string[],
): void {
  const actual = passed(client);
  const missing = expected.filter((packet) => !actual.includes(packet));
  // The last acknowledgement of the client may or may not leave before it ends.
  const extra = actual.filter((packet) => !expected.includes(packet) && packet !== '→ PUBCOMP');
  t.check(missing.length === 0 && extra.length === 0, 'other packets passed than the flow has', {
    expected: expected.join(' '),
    actual: actual.join(' '),
  });
}

/** Subscribe, publish, receive, end. */
export async function follow(t: CaseContext<unknown>, client: Flowing): Promise<void> {
  const topic = t.topic('sensors/temperature');
  await client.subscribe(topic, 0);
  await client.publish(topic, 'Hello World');
  const { payload } = await client.message();
  t.check(text(payload) === 'Hello World', 'another payload came', { expected: 'Hello World', actual: text(payload) });
  await client.end();
  expectTrace(t, client, [
    '→ CONNECT',
    '← CONNACK',
    '→ SUBSCRIBE',
    '← SUBACK',
    '→ PUBLISH',
    '← PUBLISH',
    '→ DISCONNECT',
  ]);
}
