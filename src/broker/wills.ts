/** Will messages (§3.1.2.5). */
import type { Will } from '#wire';
import type { Context } from './context.ts';
import type { Ending } from './ending.ts';
import { ownBytes } from './message.ts';
import type { Message } from './message.ts';
import { accept, forwarded } from './routing.ts';
import type { Connection, Session } from './state.ts';
import type { Why } from './why.ts';

/** Seconds until the will is published; undefined: never. */
export function willDelay(
  context: Context,
  connection: Connection,
  session: Session,
  will: Will,
  ending: Ending,
): number | undefined {
  const { gate } = context;
  const normal = ending.discardsWill !== true && ending.kind !== 'shutdown';
  if (!gate.decide('will.published', normal, connection)) return undefined;
  // The session ends with its connection or before the delay: whichever comes first (5.0 §3.1.3.2.2).
  const delay = Math.min(will.properties?.willDelayInterval ?? 0, session.expiry);
  return gate.decide('will.delay', delay, connection);
}

export function publishWill(context: Context, clientId: string, will: Will): void {
  const { properties } = will;
  const message: Message = {
    topic: will.topic,
    payload: ownBytes(will.payload),
    qos: will.qos,
    retain: will.retain,
    from: clientId,
    ...(properties === undefined ? {} : { properties: forwarded(properties) }),
    ...(properties?.messageExpiryInterval === undefined
      ? {}
      : { expiresAt: context.clock.now() + properties.messageExpiryInterval * 1000 }),
  };
  accept(context, message, 'will', { clientId });
}

/** A will that waited for its delay is not published: its client is back, or it is published by another way. */
export function cancelWill(context: Context, session: Session, why: Why): void {
  const { clientId } = session;
  const { gate, cause } = context;
  gate.emit({ kind: 'timer-cancelled', timer: 'will-delay', clientId, why, cause });
  gate.emit({ kind: 'will-removed', clientId, why, cause });
}
