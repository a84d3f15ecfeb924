/** The one way in which a connection ends, and what it leaves. */
import type { Disconnect } from '#wire';
import type { Context } from './context.ts';
import { send } from './context.ts';
import type { EndReason } from './core-connection.ts';
import { explained } from './reason-string.ts';
import { leaveSession } from './sessions.ts';
import type { Connection } from './state.ts';
import type { Why } from './why.ts';

export interface Ending {
  readonly kind: EndReason['kind'] | 'connection-lost';
  /** Of the DISCONNECT that tells a 5.0 client; absent: nothing is told. */
  readonly reasonCode?: number;
  readonly reasonString?: string;
  /** True where the client said DISCONNECT without asking for its will. */
  readonly discardsWill?: boolean;
}

const WHY: Record<Ending['kind'], Why> = {
  normal: 'disconnect',
  'protocol-error': 'violation',
  takeover: 'takeover',
  refused: 'refused',
  shutdown: 'shutdown',
  'keep-alive': 'keep-alive',
  'not-authorized': 'refused',
  'too-large': 'too-large',
  'server-error': 'violation',
  'connection-lost': 'connection-lost',
};

export function endConnection(context: Context, connection: Connection, ending: Ending): void {
  if (connection.phase === 'ended') return;
  const { gate } = context;
  const why = WHY[ending.kind];
  connection.ending = ending.kind;
  const tells = ending.reasonCode !== undefined && connection.v5 && connection.phase === 'connected';
  if (gate.decide('end.disconnect', tells, connection))
    send(context, connection, disconnect(context, connection, ending), why);
  const isOver = ending.kind === 'connection-lost';
  if (!gate.decide('end.close', true, connection) && !isOver) return;
  const common = { connection: connection.connection, why, cause: context.cause } as const;
  const isFull = connection.sink.buffered > context.limits.sendBufferBytes;
  gate.emit(isFull ? { kind: 'reset', ...common } : { kind: 'end', reason: endReason(ending), ...common });
  for (const timer of ['connect', 'keep-alive', 'retransmission'] as const) {
    gate.emit({ kind: 'timer-cancelled', timer, connection: connection.connection, why, cause: context.cause });
  }
  if (connection.session !== undefined) leaveSession(context, connection, connection.session, ending, why);
}

function disconnect(context: Context, connection: Connection, ending: Ending): Disconnect {
  const { reasonString, reasonCode = 0 } = ending;
  const plain: Disconnect = { type: 'DISCONNECT', reasonCode };
  if (!context.gate.decide('end.reason-string', reasonString !== undefined, connection)) return plain;
  return explained(connection, plain, reasonString ?? 'the connection ends');
}

function endReason({ kind, reasonCode }: Ending): EndReason {
  const known = kind === 'connection-lost' ? 'normal' : kind;
  return reasonCode === undefined ? { kind: known } : { kind: known, reasonCode };
}

/** A client broke a rule: it is told so, where its version can be, and closed (5.0 §4.13, 3.1.1 §4.8). */
export function violate(context: Context, connection: Connection, reasonCode: number, reasonString: string): void {
  const kind = reasonCode === 0x95 ? 'too-large' : reasonCode === 0x87 ? 'not-authorized' : 'protocol-error';
  endConnection(context, connection, { kind, reasonCode, reasonString });
}
