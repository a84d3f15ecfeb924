/** CONNACK and acknowledgements against what they answer. */
import { describe, type Auth, type Connack, type PacketOf, type Suback, type Unsuback } from '#wire';
import { hexCode, show } from '../matcher.ts';
import type { Came, Referee } from './referee.ts';

export function judgeAnswer(referee: Referee, came: Came): void {
  const { packet } = came;
  switch (packet.type) {
    case 'CONNACK':
      return judgeConnack(referee, came, packet);
    case 'AUTH':
      return judgeAuth(referee, came, packet);
    case 'SUBACK':
      return judgeSuback(referee, came, packet);
    case 'UNSUBACK':
      return judgeUnsuback(referee, came, packet);
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBCOMP':
      return judgeReply(referee, came, packet);
    default:
  }
}

function judgeConnack(referee: Referee, came: Came, connack: Connack): void {
  const { state } = referee;
  const { connect } = state;
  state.connacks += 1;
  if (state.connacks > 1) return referee.breaks('connack-once', came, 'a second CONNACK');
  if (connack.reasonCode !== 0) {
    if (connack.sessionPresent) referee.breaks('refused-not-present', came, 'a refusing CONNACK has Session Present 1');
    return;
  }
  state.accepted = true;
  state.inherited = connack.sessionPresent;
  if (connect === undefined) return;
  if (connect.cleanStart && connack.sessionPresent) {
    referee.breaks('clean-not-present', came, 'Session Present 1 though a clean session was asked for');
  }
  if (connect.clientId === '' && !connack.properties?.assignedClientIdentifier) {
    referee.breaks('assigned-id', came, 'no Assigned Client Identifier though CONNECT had an empty one');
  }
  if (connack.properties?.responseInformation !== undefined && connect.properties?.requestResponseInformation !== 1) {
    referee.breaks('response-information', came, 'Response Information that was not asked for');
  }
  const method = connect.properties?.authenticationMethod;
  const named = connack.properties?.authenticationMethod;
  // One that ignores the method altogether breaks another duty, and no AUTH came from it.
  if (state.auths > 0 && named !== method) {
    referee.breaks('connack-method', came, `CONNACK names the method ${show(named)}, CONNECT named ${show(method)}`);
  }
}

/** 5.0 §4.12: what comes though no method was named is the matter of a case. */
function judgeAuth(referee: Referee, came: Came, { reasonCode, properties }: Auth): void {
  const { state } = referee;
  const method = state.connect?.properties?.authenticationMethod;
  state.auths += 1;
  if (method === undefined || state.deviated) return;
  if (!state.accepted && reasonCode !== 0x18) {
    referee.breaks('auth-during-connect', came, `AUTH ${hexCode(reasonCode)} before CONNACK, not 0x18`);
  }
  const named = properties?.authenticationMethod;
  if (named !== method) {
    referee.breaks('auth-method', came, `AUTH names the method ${show(named)}, CONNECT named ${show(method)}`);
  }
}

function judgeSuback(referee: Referee, came: Came, suback: Suback): void {
  const { state } = referee;
  const asked = state.subscribes.get(suback.packetId);
  if (asked === undefined) {
    if (!state.deviated) referee.breaks('suback-id', came, `SUBACK of id ${suback.packetId} answers no SUBSCRIBE`);
    return;
  }
  const { reasonCodes } = suback;
  if (reasonCodes.length !== asked.length) {
    const message = `SUBACK has ${reasonCodes.length} codes for ${asked.length} filters`;
    return referee.breaks('suback-codes', came, message);
  }
  for (const [index, { filter, qos }] of asked.entries()) {
    const code = reasonCodes[index] ?? 0;
    // A refused filter may have been held before: then the old subscription stays.
    if (code < 0x80) state.subscriptions.set(filter, { qos: Math.min(qos, code), leaving: false });
  }
}

function judgeUnsuback(referee: Referee, came: Came, unsuback: Unsuback): void {
  const { state } = referee;
  const asked = state.unsubscribes.get(unsuback.packetId);
  if (asked === undefined) {
    if (!state.deviated)
      referee.breaks('unsuback-id', came, `UNSUBACK of id ${unsuback.packetId} answers no UNSUBSCRIBE`);
    return;
  }
  if (unsuback.reasonCodes.length !== asked.length) {
    referee.breaks(
      'unsuback-codes',
      came,
      `UNSUBACK has ${unsuback.reasonCodes.length} codes for ${asked.length} filters`,
    );
  }
  for (const filter of asked) {
    const held = state.subscriptions.get(filter);
    if (held !== undefined) held.leaving = true;
  }
}

function judgeReply(referee: Referee, came: Came, reply: PacketOf<'PUBACK' | 'PUBREC' | 'PUBCOMP'>): void {
  const { state } = referee;
  if (state.deviated) return;
  const qos = state.publishes.get(reply.packetId);
  const duty = `${reply.type.toLowerCase()}-id` as 'puback-id' | 'pubrec-id' | 'pubcomp-id';
  if (qos === undefined) {
    if (!state.inherited) referee.breaks(duty, came, `${describe(reply)} answers nothing that was sent`);
    return;
  }
  if (reply.type === 'PUBACK' && qos === 2) referee.breaks('qos2-pubrec', came, 'PUBACK for a PUBLISH of QoS 2');
  if (reply.type === 'PUBREC' && qos === 1) referee.breaks('qos1-puback', came, 'PUBREC for a PUBLISH of QoS 1');
}
