/** PUBLISH and PUBREL from the server against subscriptions, identifiers and quotas. */
import { describe, type Publish, type Pubrel } from '#wire';
import { matches } from './filters.ts';
import type { Came, Referee } from './referee.ts';

export function judgeDelivery(referee: Referee, came: Came): void {
  const { packet } = came;
  if (packet.type === 'PUBREL') return judgePubrel(referee, came, packet);
  if (packet.type !== 'PUBLISH') return;
  const resolved = resolveAlias(referee, came, packet);
  judgeSubscription(referee, came, resolved);
  if (resolved.packetId !== undefined) judgeIdentifier(referee, came, resolved, resolved.packetId);
}

/** 5.0 §3.3.2.3.4. An alias without a known topic is judged by decoding and by the topic that is then empty. */
function resolveAlias(referee: Referee, came: Came, publish: Publish): Publish {
  const alias = publish.properties?.topicAlias;
  if (alias === undefined) return publish;
  const { state } = referee;
  const most = state.connect?.properties?.topicAliasMaximum ?? 0;
  if (most === 0) referee.breaks('alias-unasked', came, `Topic Alias ${alias} though Topic Alias Maximum is 0`);
  else if (alias > most) referee.breaks('alias-maximum', came, `Topic Alias ${alias}, Topic Alias Maximum is ${most}`);
  if (publish.topic !== '') state.aliases.set(alias, publish.topic);
  return { ...publish, topic: publish.topic === '' ? (state.aliases.get(alias) ?? '') : publish.topic };
}

function judgeSubscription(referee: Referee, came: Came, publish: Publish): void {
  const { state } = referee;
  if (state.inherited || state.deviated) return;
  const held = [...state.subscriptions].filter(([filter]) => matches(filter, publish.topic));
  if (held.length === 0) {
    return referee.breaks('delivery-topic', came, `${describe(publish)} matches no subscription of this client`);
  }
  const most = Math.max(...held.map(([, { qos }]) => qos));
  if (publish.qos > most) {
    referee.breaks('delivery-qos', came, `${describe(publish)}: QoS ${publish.qos}, at most ${most} was granted`);
  }
}

function judgeIdentifier(referee: Referee, came: Came, publish: Publish, packetId: number): void {
  const { state } = referee;
  const open = state.deliveries.get(packetId);
  if (open !== undefined && !publish.dup) {
    referee.breaks(
      'delivery-id-unused',
      came,
      `${describe(publish)}: id ${packetId} belongs to a delivery that is still open`,
    );
  }
  if (open === undefined && publish.dup && !state.inherited) {
    referee.breaks('first-dup-0', came, `${describe(publish)}: DUP 1 though it was never sent before`);
  }
  state.deliveries.set(packetId, publish);
  state.delivered.add(packetId);
  const most = state.connect?.properties?.receiveMaximum ?? 65_535;
  if (state.deliveries.size > most) {
    referee.breaks('receive-maximum', came, `${state.deliveries.size} deliveries are open, Receive Maximum is ${most}`);
  }
}

function judgePubrel(referee: Referee, came: Came, pubrel: Pubrel): void {
  const { state } = referee;
  if (state.inherited || state.deviated || state.delivered.has(pubrel.packetId)) return;
  referee.breaks('pubrel-id', came, `PUBREL of id ${pubrel.packetId} belongs to no delivery`);
}
