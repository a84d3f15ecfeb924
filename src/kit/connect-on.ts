/** CONNECT as part of a set-up. */
import type { Connack, Connect } from '#wire';
import * as build from './builders.ts';
import type { Client } from './client.ts';
import type { CaseContext } from './context.ts';
import { hexCode } from './matcher.ts';
import { SetupFailed } from './outcomes.ts';
import { packetMatcher } from './packet-matchers.ts';
import { ANSWERS } from './setup-keys.ts';

type Context = CaseContext<unknown>;

/** CONNECT on an open connection, and its CONNACK. */
export async function connectOn(t: Context, client: Client, fields: Partial<Omit<Connect, 'type'>>): Promise<void> {
  await client.send(
    build.connect(t.version, {
      ...t.credentials(),
      keepAlive: t.keepAlive,
      ...fields,
      clientId: fields.clientId ?? client.id,
    }),
  );
  const connack = await client.expectPacket<Connack>(packetMatcher('CONNACK'), { breaks: ANSWERS.CONNACK[t.version] });
  if (connack.reasonCode !== 0) {
    client.link.endExpected = true;
    throw new SetupFailed(`CONNECT was refused with ${hexCode(connack.reasonCode)}`);
  }
}
