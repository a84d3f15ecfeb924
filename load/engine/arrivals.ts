/** What is done with every PUBLISH that comes: checked in place, entered, acknowledged. Nothing is allocated on the usual way. */
import { HEADER_BYTES } from '../profiles/profile.ts';
import type { Client } from './client.ts';
import type { WorkerInvariant } from './contract.ts';
import type { Inbox } from './inbox.ts';
import { isPattern, readHeader } from './payload.ts';
import { PUBLISH_AGAIN, PUBLISH_IN } from './ring.ts';
import type { Shop } from './shop.ts';

/** False: the connection was ended. */
export function receivePublish(client: Client, bytes: Uint8Array, start: number, body: number, end: number): boolean {
  const { shop } = client;
  const first = bytes[start] as number;
  const qos = (first >> 1) & 3;
  const topicLength = ((bytes[body] as number) << 8) | (bytes[body + 1] as number);
  let at = body + 2 + topicLength;
  let packetId = 0;
  if (qos > 0) {
    packetId = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    at += 2;
  }
  if (shop.plan.version === '5.0') {
    let length = bytes[at] as number;
    at += 1;
    if (length >= 0x80) [length, at] = longLength(bytes, at - 1);
    at += length;
  }
  if (at > end || qos === 3 || (qos > 0 && packetId === 0)) {
    client.connection?.fail('malformed', 'the broker sent a malformed PUBLISH');
    return false;
  }
  shop.received += 1;
  shop.ledger.lastArrival = shop.arrival;
  const again = qos === 2 && client.unreleased?.has(packetId) === true;
  if (qos > 0 && !again) checkQuota(client, packetId);
  // A PUBLISH of QoS 2 before PUBREL is the same message: it is answered, and not delivered (4.3.3).
  if (!again) deliver(client, bytes, { first, topicFrom: body + 2, payloadFrom: at, end, packetId });
  if (qos === 1) {
    shop.putReply(0x40, packetId);
    client.answering += 1;
  } else if (qos === 2) {
    (client.unreleased ??= new Set()).add(packetId);
    shop.putReply(0x50, packetId);
  }
  return true;
}

interface Delivered {
  readonly first: number;
  readonly topicFrom: number;
  readonly payloadFrom: number;
  readonly end: number;
  readonly packetId: number;
}

function longLength(bytes: Uint8Array, from: number): [length: number, at: number] {
  let length = 0;
  let at = from;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = bytes[at] as number;
    at += 1;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return [length, at];
}

function deliver(client: Client, bytes: Uint8Array, packet: Delivered): void {
  const { shop, inbox } = client;
  const { meters, header, ledger } = shop;
  const { first, payloadFrom, end } = packet;
  const length = end - payloadFrom;
  if (inbox === undefined) return unexpected(shop);
  if (!shop.plan.payloadsChecked && length < HEADER_BYTES) return count(shop, inbox);
  const view = viewOf(bytes);
  const read = readHeader(view, payloadFrom, length, shop.run, header);
  if (read === 'foreign') return unexpected(shop);
  if (read === 'corrupted' || !ledger.has(header.lane)) return corrupted(shop);
  const { lane, sequence, intended, actual } = header;
  const dup = (first & 8) !== 0;
  shop.ring.put(client.index, dup ? PUBLISH_AGAIN : PUBLISH_IN, packet.packetId, lane, sequence, shop.arrival);
  if (!hasTopic(shop, lane, bytes, packet.topicFrom, payloadFrom)) return corrupted(shop);
  if (!isPattern(bytes, payloadFrom + HEADER_BYTES, end)) return corrupted(shop);
  if (ledger.willClient(lane) >= 0) return arriveWill(client, inbox, lane);

  const measured = meters.measures(intended);
  const entered = ledger.enter(inbox, lane, sequence, measured);
  if (entered === 'unexpected') return unexpected(shop);
  if (entered === 'retained') return arriveRetained(shop, inbox);
  if (inbox.mode === 'strict' && entered !== 'again') {
    const late = shop.arrival - intended;
    meters.latency.record(late);
    const { trends } = meters.sink(measured);
    trends.message_latency.record(late);
    trends.message_latency_sent.record(shop.arrival - actual);
  }
  checkInvariants(client, inbox, { qos: (first >> 1) & 3, dup, lane, sequence, actual, entered });
}

interface Checked {
  readonly qos: number;
  readonly dup: boolean;
  readonly lane: number;
  readonly sequence: number;
  readonly actual: number;
  readonly entered: 'new' | 'again' | 'out-of-order' | 'will';
}

function checkInvariants(client: Client, inbox: Inbox, message: Checked): void {
  const { invariants, arrival } = client.shop;
  const { order, exactlyOnce, dup, afterUnsubscribe } = invariants;
  const { qos, entered } = message;
  if (order !== undefined && inbox.ordered) {
    order.checked += 1;
    if (entered === 'out-of-order' && !message.dup) {
      invariants.broken(order, () =>
        first(client, `${nameOf(message)} came after a later one of the same publisher and topic`),
      );
    }
  }
  if (exactlyOnce !== undefined && qos === 2) {
    exactlyOnce.checked += 1;
    if (entered === 'again')
      invariants.broken(exactlyOnce, () => first(client, `${nameOf(message)} came twice at QoS 2`));
  }
  if (dup !== undefined) {
    dup.checked += 1;
    // Nothing can have been delivered before on the first connection of a clean session.
    const fresh = client.population.cleanStart && client.rounds === 1;
    if (message.dup && fresh && entered !== 'again') {
      invariants.broken(dup, () =>
        first(client, `${nameOf(message)} came for the first time with DUP 1 at QoS ${qos}`),
      );
    }
  }
  if (afterUnsubscribe !== undefined) {
    afterUnsubscribe.checked += 1;
    if (inbox.unsubscribedAt < Math.min(message.actual, arrival)) {
      invariants.broken(afterUnsubscribe, () =>
        first(client, `${nameOf(message)} was sent after UNSUBACK and came nevertheless`),
      );
    }
  }
}

/** 3.3.4-9: never more open deliveries than we allowed; what is answered in the buffer has not been seen by the broker. */
function checkQuota(client: Client, packetId: number): void {
  const { invariants } = client.shop;
  client.unacknowledged += 1;
  const watched = invariants.receiveMaximum;
  if (watched === undefined) return;
  watched.checked += 1;
  const most = client.population.receiveMaximum ?? 65_535;
  if (client.unacknowledged <= most) return;
  const told = `PUBLISH ${packetId} is the ${client.unacknowledged}th open one, and Receive Maximum is ${most}`;
  invariants.broken(watched, () => first(client, told));
}

/** Made for a breach only: strings cost more than all checks together. */
const nameOf = ({ lane, sequence }: Checked): string => `message ${sequence} of lane ${lane}`;

function first(client: Client, message: string): NonNullable<WorkerInvariant['first']> {
  const { ring, setup, arrival } = client.shop;
  const transcript = [`client ${client.id}`, ...ring.transcript(client.index, setup.originMs)];
  return { atMs: arrival - setup.originMs, message, transcript };
}

function arriveWill(client: Client, inbox: Inbox, lane: number): void {
  const { shop } = client;
  const { tables } = shop.setup;
  const owner = shop.ledger.willClient(lane);
  const entered = shop.ledger.enterWill(inbox, lane);
  if (entered === 'unexpected') return unexpected(shop);
  const killedAt = tables.killedAt[owner] as number;
  const measured = shop.meters.measures(killedAt);
  if (entered === 'again') {
    shop.meters.delivery[shop.ledger.qosOf(lane)].duplicated += 1;
    return shop.meters.count('messages_duplicated', measured);
  }
  shop.meters.count('wills_received', measured);
  if (measured) shop.meters.trends.will_latency.record(shop.arrival - killedAt);
}

function arriveRetained(shop: Shop, inbox: Inbox): void {
  if (!shop.meters.measures(inbox.subscribedAt)) return;
  shop.meters.trends.retained_latency.record(shop.arrival - inbox.subscribedAt);
}

function count(shop: Shop, inbox: Inbox): void {
  inbox.counted += 1;
  if (shop.meters.measures(shop.arrival)) inbox.countedMeasured += 1;
}

function unexpected(shop: Shop): void {
  shop.meters.count('messages_unexpected', shop.meters.measures(shop.arrival));
  shop.meters.delivery[0].unexpected += 1;
}

function corrupted(shop: Shop): void {
  const { lane } = shop.header;
  const qos = shop.ledger.has(lane) ? shop.ledger.qosOf(lane) : 0;
  shop.meters.count('messages_corrupted', shop.meters.measures(shop.arrival));
  shop.meters.delivery[qos].corrupted += 1;
}

/** The views of buffers that were read from; most chunks come in the same one. */
let lastBuffer: ArrayBufferLike | undefined;
let lastOffset = -1;
let lastView: DataView = new DataView(new ArrayBuffer(0));

function viewOf(bytes: Uint8Array): DataView {
  if (bytes.buffer !== lastBuffer || bytes.byteOffset !== lastOffset || lastView.byteLength !== bytes.length) {
    lastView = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    lastBuffer = bytes.buffer;
    lastOffset = bytes.byteOffset;
  }
  return lastView;
}

function hasTopic(shop: Shop, lane: number, bytes: Uint8Array, from: number, payloadFrom: number): boolean {
  const topic = shop.ledger.topicBytes(lane);
  const length = ((bytes[from - 2] as number) << 8) | (bytes[from - 1] as number);
  if (length !== topic.length || from + length > payloadFrom) return false;
  for (let n = 0; n < length; n += 1) if (bytes[from + n] !== topic[n]) return false;
  return true;
}
