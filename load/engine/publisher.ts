/** What a client publishes: each message at its own time of an absolute schedule, whatever happened to those before. */
import { encode } from '#wire';
import { dueMs, laneOf, publishTopic } from '../profiles/topology.ts';
import type { PlannedPublication } from '../profiles/plan.ts';
import type { Client } from './client.ts';
import { PublishTemplate } from './publish-template.ts';
import { now } from './time.ts';

/** One activity `publish`, as all who take part in this thread see it. */
export interface PublishSchedule {
  readonly startAt: number;
  readonly perSecond: number;
  /** How many clients take turns, in all threads. */
  readonly parts: number;
  /** Messages of all of them together. */
  readonly messages: number;
}

/** How many of `client`'s turns (it takes part as number `part`) are due at a time. */
export function turnsDue(schedule: PublishSchedule, part: number, at: number): number {
  const all = Math.min(schedule.messages, Math.floor(((at - schedule.startAt) * schedule.perSecond) / 1000) + 1);
  return all <= part ? 0 : Math.floor((all - 1 - part) / schedule.parts) + 1;
}

const NONE = new Uint8Array(0);

interface InFlight {
  readonly sentAt: number;
  readonly measured: boolean;
}

export class Publisher {
  readonly client: Client;
  readonly #publication: PlannedPublication;
  readonly #templates: (PublishTemplate | undefined)[] = [];
  readonly #inFlight = new Map<number, InFlight>();
  #schedule: PublishSchedule | undefined;
  #part = 0;
  /** Turns of this schedule that have been taken. */
  #taken = 0;
  /** Messages in all: the topics take turns, too. */
  #sent = 0;
  /** The broker does not take more for now. */
  #blocked = false;
  #freeSince = 0;
  /** Due, and left by the last look. */
  #left = 0;

  constructor(client: Client, publication: PlannedPublication) {
    this.client = client;
    this.#publication = publication;
  }

  /** Takes part in a schedule from now on. */
  begin(schedule: PublishSchedule, part: number): void {
    this.#schedule = schedule;
    this.#part = part;
    this.#taken = 0;
  }

  /** Messages that are due and not sent; they may be sent later. */
  overdue(at: number): number {
    const schedule = this.#schedule;
    return schedule === undefined ? 0 : turnsDue(schedule, this.#part, at) - this.#taken;
  }

  /** Gives the rest of the schedule up; what was due is counted as blocked, as nobody took it. */
  stop(at: number): void {
    const { meters } = this.client.shop;
    const schedule = this.#schedule;
    if (schedule === undefined) return;
    const left = this.overdue(at);
    if (left > 0) meters.count('sends_blocked', meters.measures(schedule.startAt), left);
    this.#schedule = undefined;
  }

  /** There is room again. */
  resume(at: number): void {
    if (!this.#blocked) return;
    this.#blocked = false;
    this.#freeSince = at;
    this.flush(at);
  }

  /** Puts what is due into the buffer, and writes it. True: more is due, and would be taken. */
  flush(at: number): boolean {
    if (this.append(at) === 0) return false;
    this.client.flush();
    return this.#left > 0 && !this.#blocked;
  }

  /** Puts what is due into the buffer; gives how many messages that were. */
  append(at: number): number {
    const { client } = this;
    const schedule = this.#schedule;
    if (schedule === undefined || this.#blocked) return 0;
    const due = turnsDue(schedule, this.#part, at) - this.#taken;
    if (due <= 0) return 0;
    const room = this.#room();
    const count = Math.min(due, room, client.shop.limits.burst);
    this.#left = due - count;
    if (count > 0) this.#append(schedule, count);
    if (count === room) this.#blocked = true;
    return count;
  }

  #room(): number {
    const { client } = this;
    if (client.state !== 'open' || client.connection === undefined) return 0;
    if (client.connection.backlog > client.shop.limits.backlog) return 0;
    const { qos, inFlight } = this.#publication;
    if (qos === 0) return Infinity;
    return Math.max(0, Math.min(inFlight ?? 65_535, client.receiveMaximum) - this.#inFlight.size);
  }

  #append(schedule: PublishSchedule, count: number): void {
    const { shop } = this.client;
    const { packing } = shop.plan;
    const actual = now();
    const together = packing === 'many' && shop.frames && count > 1;
    let key = 0;
    let phase = 0;
    if (together) key = shop.out.begin(this.#length(count), 0x82);
    for (let n = 0; n < count; n += 1) {
      const due = schedule.startAt + dueMs(this.#part + this.#taken * schedule.parts, schedule.perSecond);
      const template = this.#next(due, actual);
      if (together) phase = template.appendTo(shop.out, key, phase);
      else template.append(shop.out, shop.frames, packing);
      this.#taken += 1;
      this.#sent += 1;
    }
  }

  /** Bytes of the next `count` packets: topics may differ in length. */
  #length(count: number): number {
    const { topics } = this.#publication;
    let sum = 0;
    for (let n = 0; n < count; n += 1) sum += this.#template((this.#sent + n) % topics).length;
    return sum;
  }

  /** The template, made the next message. */
  #next(due: number, actual: number): PublishTemplate {
    const { shop, population, local } = this.client;
    const { meters, setup } = shop;
    const { topics, qos } = this.#publication;
    const topic = this.#sent % topics;
    const template = this.#template(topic);
    const lane = laneOf(population, local, topic);
    const sequence = setup.tables.sent[lane] as number;
    setup.tables.sent[lane] = sequence + 1;
    const measured = meters.measures(due);
    let packetId = 0;
    if (qos > 0) {
      do packetId = this.client.takeId();
      while (this.#inFlight.has(packetId));
      this.#inFlight.set(packetId, { sentAt: actual, measured });
    }
    template.patch(sequence, due, actual, packetId);
    shop.punctual(due, due < this.#freeSince ? this.#freeSince : due, actual);
    const { trends, counters } = meters.sink(measured);
    trends.send_lag.record(actual - due);
    counters.messages_sent += 1;
    meters.whole.messages_sent += 1;
    meters.delivery[qos].sent += 1;
    return template;
  }

  #template(topic: number): PublishTemplate {
    const known = this.#templates[topic];
    if (known !== undefined) return known;
    const { shop, population, local } = this.client;
    const { qos, retain, payloadBytes } = this.#publication;
    const made = new PublishTemplate({
      version: shop.plan.version,
      run: shop.run,
      lane: laneOf(population, local, topic),
      topic: publishTopic(shop.plan, population, local, topic),
      qos,
      retain,
      payloadBytes,
    });
    this.#templates[topic] = made;
    return made;
  }

  /** PUBACK (4), PUBREC (5) or PUBCOMP (7). */
  answered(type: number, packetId: number, code: number): void {
    const { shop } = this.client;
    const { meters, arrival } = shop;
    const sent = this.#inFlight.get(packetId);
    if (sent === undefined) return;
    const took = arrival - sent.sentAt;
    const refused = code >= 0x80;
    if (refused) meters.error('publish-refused', `the broker refuses a PUBLISH with 0x${code.toString(16)}`);
    if (type === 5) {
      if (sent.measured) meters.trends.pubrec_time.record(took);
      if (!refused) return shop.putReply(0x62, packetId);
    } else if (sent.measured) meters.trends[type === 4 ? 'puback_time' : 'pubcomp_time'].record(took);
    this.#inFlight.delete(packetId);
    if (!refused) {
      meters.count('messages_acknowledged', sent.measured);
      meters.delivery[this.#publication.qos].acknowledged += 1;
    }
    if (!this.#blocked) return;
    this.#blocked = false;
    this.#freeSince = arrival;
    // The chunk is being read: what is put into the buffer now leaves with the answers at its end.
    this.append(now());
  }

  /** Takes the retained messages away (3.3.1-6): a message without payload each. */
  clearRetained(): void {
    const { shop, population, local } = this.client;
    const { retain, topics } = this.#publication;
    if (!retain) return;
    for (let topic = 0; topic < topics; topic += 1) {
      const name = publishTopic(shop.plan, population, local, topic);
      shop.put(
        encode({ type: 'PUBLISH', topic: name, payload: NONE, qos: 0, retain: true, dup: false }, shop.plan.version),
      );
    }
    this.client.flush();
  }

  /** The connection is gone, and with it what was under way. */
  gone(): void {
    this.#inFlight.clear();
    this.#blocked = true;
  }
}
