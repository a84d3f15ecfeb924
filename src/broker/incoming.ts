/** From the bytes of a connection to its packets, and what follows where they break the format. */
import { decode, isReasonCode, PacketReader } from '#wire';
import type { ReaderEvent, Violation } from '#wire';
import { refuse } from './connect.ts';
import type { Context } from './context.ts';
import { endConnection, violate } from './ending.ts';
import { handlePacket } from './handle-packet.ts';
import type { Connection } from './state.ts';

export class Incoming {
  private readonly context: Context;
  private readonly connection: Connection;
  private readonly reader: PacketReader;

  constructor(context: Context, connection: Connection) {
    this.context = context;
    this.connection = connection;
    this.reader = new PacketReader({
      from: 'client',
      maximumPacketSize: context.limits.maximumPacketSize,
      tolerate: (violation) => tolerates(context, connection, violation),
    });
  }

  received(bytes: Uint8Array): void {
    const { connection, context } = this;
    const wasOpened = connection.phase === 'opened';
    context.cause = 'bytes';
    const events = this.reader.push(bytes);
    // A part of a packet is no Control Packet: only whole ones keep the connection alive (§3.1.2.10).
    const counts =
      events.length > 0
        ? context.gate.decide('keep-alive.by-packet', true, connection)
        : context.gate.decide('keep-alive.by-octets', false, connection);
    if (counts) connection.active = context.clock.now();
    for (const event of events) {
      if (!this.goesOn()) return;
      if (wasOpened && connection.phase === 'connected' && !this.servesPipelined(event)) return;
      if (event.kind === 'packet') handlePacket(context, connection, event.packet);
      else this.violated(event.violation, event.bytes);
    }
  }

  /** Nothing is served any more once a connection has ended or was refused. */
  private goesOn(): boolean {
    const { connection, context } = this;
    if (connection.phase !== 'refused' && connection.phase !== 'ended') return true;
    return connection.refused && !context.gate.enforces('connect.after-refusal', connection);
  }

  private servesPipelined(event: ReaderEvent): boolean {
    const { connection, context } = this;
    if (event.kind === 'packet' && event.packet.type === 'CONNECT') return true;
    const how = context.gate.decide('connect.pipelined', 'served', connection);
    if (how === 'fatal') endConnection(context, connection, { kind: 'protocol-error' });
    return how === 'served';
  }

  private violated(violation: Violation, bytes: Uint8Array): void {
    const { context, connection } = this;
    const { gate } = context;
    connection.packet = undefined;
    connection.violation = violation;
    if (connection.phase === 'authenticating')
      return refuse(context, connection, { reasonCode: codeFor('CONNACK', violation) });
    if (connection.phase !== 'opened')
      return violate(context, connection, codeFor('DISCONNECT', violation), violation.message);
    if (violation.name === 'packet.not-connect') {
      // Waived: the packet is served on a connection without a session, in the older version.
      const decoded = gate.enforces('packet.not-connect', connection)
        ? undefined
        : decode(bytes, { version: '3.1.1', from: 'client' });
      if (decoded?.packet === undefined) endConnection(context, connection, { kind: 'protocol-error' });
      else handlePacket(context, connection, decoded.packet);
      return;
    }
    refuseMalformed(context, connection, violation, bytes);
  }
}

/** A bad filter is answered by its code in SUBACK, where the broker doesn't choose to close. */
function tolerates({ gate }: Context, connection: Connection, violation: Violation): boolean {
  connection.violation = violation;
  const answers =
    violation.name.startsWith('filter.') && gate.decide('subscribe.bad-filter', 'suback', connection) === 'suback';
  return answers || !gate.enforces(violation.name, connection);
}

/** The code of the violation; where the answer has none like it, Protocol Error. */
const codeFor = (type: 'CONNACK' | 'DISCONNECT', { reasonCode }: Violation): number =>
  isReasonCode(type, '5.0', reasonCode) ? reasonCode : 0x82;

/** A CONNECT that can't be read: 5.0 may be told why (§4.13.1), 3.1.1 only that its level is unknown (§3.1.2.2). */
function refuseMalformed(context: Context, connection: Connection, violation: Violation, bytes: Uint8Array): void {
  const { gate } = context;
  const reasonCode = codeFor('CONNACK', violation);
  if (violation.name === 'connect.protocol-level') {
    const how = gate.decide('connect.unknown-level', 'connack-01', connection);
    if (how === 'connack-84') connection.version = '5.0';
    return refuse(
      context,
      connection,
      how === 'connack-01' ? { reasonCode, returnCode: 1 } : { reasonCode },
      undefined,
    );
  }
  const asked5 = askedLevel(bytes) === 5;
  const isTold = gate.decide('connect.malformed', asked5 ? 'connack' : 'close', connection) === 'connack';
  if (asked5 && isTold) connection.version = '5.0';
  // 3.1.1 has no code for it; one who tells it all the same takes any.
  refuse(context, connection, isTold && !asked5 ? { reasonCode, returnCode: 5 } : { reasonCode }, undefined);
}

/** The protocol level in the bytes of a CONNECT; undefined where there is none. */
function askedLevel(bytes: Uint8Array): number | undefined {
  if (bytes.length === 0 || (bytes[0] as number) >> 4 !== 1) return undefined;
  let at = 1;
  while (at < 4 && (bytes[at] ?? 0) >= 0x80) at += 1;
  const nameLength = (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0);
  return bytes[at + 3 + nameLength];
}
