import type { Packet } from '#wire';
import { handlePuback, handlePubcomp, handlePubrec, handlePubrel } from './acknowledge.ts';
import { handleAuth, interrupts } from './authenticate.ts';
import { handleConnect } from './connect.ts';
import type { Context } from './context.ts';
import { handleDisconnect, handlePingreq } from './lifecycle.ts';
import { handlePublish } from './publish.ts';
import type { Connection } from './state.ts';
import { handleSubscribe, handleUnsubscribe } from './subscribe.ts';

/** What each packet of a client does. */
export function handlePacket(context: Context, connection: Connection, packet: Packet): void {
  connection.packet = packet;
  connection.violation = undefined;
  context.cause = packet.type;
  if (connection.phase === 'authenticating' && interrupts(context, connection, packet)) return;
  switch (packet.type) {
    case 'PUBLISH':
      return handlePublish(context, connection, packet);
    case 'PUBACK':
      return handlePuback(context, connection, packet);
    case 'PUBREC':
      return handlePubrec(context, connection, packet);
    case 'PUBREL':
      return handlePubrel(context, connection, packet);
    case 'PUBCOMP':
      return handlePubcomp(context, connection, packet);
    case 'PINGREQ':
      return handlePingreq(context, connection);
    case 'SUBSCRIBE':
      return handleSubscribe(context, connection, packet);
    case 'UNSUBSCRIBE':
      return handleUnsubscribe(context, connection, packet);
    case 'CONNECT':
      return handleConnect(context, connection, packet);
    case 'DISCONNECT':
      return handleDisconnect(context, connection, packet);
    case 'AUTH':
      return handleAuth(context, connection, packet);
    default:
      // Only where `packet.wrong-direction` is waived: a server's packet says nothing to a server.
      return undefined;
  }
}
