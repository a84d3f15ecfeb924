/** One client of the plan: connects, subscribes and publishes as its turns say, and counts. */
import type { PlannedPopulation } from '../../profiles/plan.ts';
import { clientIdOf, filtersOf, laneFacts, laneOf, willTopic } from '../../profiles/topology.ts';
import { encodeUtf8, type Connect, type Qos } from '#wire';
import type { ScriptConfig } from '../shared/config.ts';
import { LaneTemplate } from '../shared/lane-template.ts';
import { newPayload, writeHead, type Head } from '../shared/payload.ts';
import type { Tally } from '../shared/tally.ts';
import type { Client, ClientListener, MakeClient } from './client.ts';
import { credentials, headers, targetUrl } from './environment.ts';
import type { NativeMetrics } from './native.ts';
import type { Receiver, Subscriber } from './receiver.ts';

/** What all members of a virtual user share. */
export interface Surroundings {
  readonly config: ScriptConfig;
  readonly makeClient: MakeClient;
  readonly runId: number;
  /** How often a message of each lane must arrive. */
  readonly copies: Float64Array;
  readonly tally: Tally;
  readonly receiver: Receiver;
  readonly native: NativeMetrics | undefined;
  readonly now: () => number;
  readonly origin: number;
  readonly lateLimitMs: number;
  readonly stageAt: (at: number) => { readonly index: number; readonly measured: boolean };
}

interface Waiting {
  readonly due: number;
  readonly topic: number;
}

export class Member implements ClientListener {
  readonly #around: Surroundings;
  readonly #population: PlannedPopulation;
  readonly #client: number;
  readonly #templates = new Map<number, LaneTemplate>();
  readonly #sequences = new Map<number, number>();
  readonly #subscriber: Subscriber | undefined;
  #connection: Client | undefined;
  #connectDue = 0;
  #trying = false;
  #wanted = false;
  #subscribed = false;
  #failed = false;
  #resubscribing = false;
  #waiting: Waiting[] = [];
  #unacknowledged = 0;
  #ends = 0;

  constructor(around: Surroundings, population: PlannedPopulation, client: number) {
    this.#around = around;
    this.#population = population;
    this.#client = client;
    this.#subscriber = population.subscribe.length > 0 ? around.receiver.add(population, client) : undefined;
  }

  /** Has what it needs before others publish, or has failed, which is counted elsewhere. */
  get ready(): boolean {
    if (!this.#wanted || this.#failed) return true;
    const subscribes = this.#subscriber !== undefined && this.#population.subscribeWhen === 'connected';
    return this.#connection?.connected === true && (!subscribes || this.#subscribed);
  }

  /** Nothing is on its way from here. */
  get idle(): boolean {
    if (this.#failed && this.#connection?.connected !== true) return true;
    return this.#waiting.length === 0 && (this.#unacknowledged === 0 || this.#connection?.connected !== true);
  }

  /** Messages of QoS 1 and 2 that are not completed. */
  get unacknowledged(): number {
    return this.#unacknowledged;
  }

  connect(due: number): void {
    const { tally } = this.#around;
    this.#connectDue = due;
    this.#failed = false;
    this.#trying = true;
    if (!this.#wanted) tally.wanted += 1;
    this.#wanted = true;
    // The will is a part of CONNECT: each connection has its own.
    if (this.#connection === undefined || this.#population.will !== undefined) this.#connection = this.#newClient();
    this.#connection.connect();
  }

  subscribe(): void {
    const { config, now } = this.#around;
    if (this.#subscriber === undefined || this.#connection?.connected !== true) return;
    this.#subscriber.subscribedAt = now();
    this.#subscriber.retained.clear();
    if (this.#population.accounting === 'retained') this.#expectRetained();
    this.#connection.subscribe(filtersOf(config.plan, this.#population, this.#client));
  }

  unsubscribe(): void {
    if (this.#subscriber === undefined || this.#connection?.connected !== true) return;
    const filters = filtersOf(this.#around.config.plan, this.#population, this.#client);
    this.#connection.unsubscribe(filters.map(({ filter }) => filter));
  }

  resubscribe(): void {
    if (this.#resubscribing) return;
    this.#resubscribing = true;
    this.unsubscribe();
  }

  publish(due: number, round: number): void {
    const topics = this.#population.publish?.topics ?? 1;
    this.#waiting.push({ due, topic: round % topics });
    this.#publishWaiting();
  }

  end(how: 'disconnect' | 'close'): void {
    const { tally, copies, now, stageAt } = this.#around;
    if (this.#wanted) tally.wanted -= 1;
    this.#wanted = false;
    if (this.#connection?.connected !== true) return;
    const { will } = this.#population;
    if (how === 'close' && will !== undefined) {
      const times = copies[will.firstLane + this.#client] ?? 0;
      const { measured } = stageAt(now());
      tally.count('wills_expected', measured, times);
      tally.count('messages_expected', measured, times);
      const delivery = tally.delivery[will.qos];
      if (delivery !== undefined) delivery.expected += times;
      this.#ends += 1;
    }
    this.#connection.end(how);
    tally.connections -= 1;
  }

  /** The end of the run. What was due and never sent waited for the broker: its connection was lost, or it took nothing more. */
  close(): void {
    const { tally, stageAt, now, origin } = this.#around;
    for (const { due } of this.#waiting) {
      const { measured } = stageAt(due);
      if (measured) tally.sends.blocked += 1;
      tally.count('sends_blocked', measured);
      tally.error('never-sent', 'a message was due and could not be sent', now() - origin);
    }
    if (this.#connection?.connected === true) this.#connection.end('disconnect');
    this.#countBytes(this.#around.now());
  }

  tick(at: number): void {
    if (this.#waiting.length > 0) this.#publishWaiting();
    this.#countBytes(at);
    this.#connection?.flush();
    this.#connection?.tick(at);
  }

  connected(sessionPresent: boolean, at: number, connackMs?: number): void {
    const { tally, stageAt } = this.#around;
    const { measured } = stageAt(this.#connectDue);
    this.#trying = false;
    tally.connections += 1;
    tally.count('connections_opened', measured);
    this.#around.native?.rate('connected', true);
    tally.trend('connect_time', at - this.#connectDue, measured);
    if (connackMs !== undefined) tally.trend('connect_connack', connackMs, measured);
    if (this.#population.subscribeWhen === 'connected' && !(sessionPresent && this.#subscribed)) this.subscribe();
  }

  ended(kind: string, message: string, at: number): void {
    const { tally, stageAt, origin } = this.#around;
    this.#failed = true;
    tally.error(kind, message, at - origin);
    if (this.#trying) {
      this.#trying = false;
      tally.count('connections_failed', stageAt(this.#connectDue).measured);
      this.#around.native?.rate('connected', false);
      return;
    }
    tally.connections -= 1;
    tally.count('connections_dropped', stageAt(at).measured);
  }

  subscribed(granted: number, refused: number, tookMs: number, at: number): void {
    const { tally, stageAt, origin } = this.#around;
    const { measured } = stageAt(at);
    this.#subscribed = refused === 0;
    this.#resubscribing = false;
    if (this.#subscriber !== undefined && refused === 0) this.#subscriber.served = true;
    if (granted > 0) tally.count('subscriptions', measured, granted);
    if (refused > 0) {
      this.#failed = true;
      tally.count('subscriptions_refused', measured, refused);
      tally.error('subscription-refused', 'SUBACK refuses a filter', at - origin);
    }
    tally.trend('suback_time', tookMs, measured);
  }

  unsubscribed(tookMs: number, at: number): void {
    const { tally, stageAt } = this.#around;
    tally.trend('unsuback_time', tookMs, stageAt(at).measured);
    if (this.#resubscribing) this.subscribe();
  }

  acknowledged(what: 'puback' | 'pubrec' | 'pubcomp', qos: Qos, tookMs: number, intended: number): void {
    const { tally, stageAt } = this.#around;
    const { measured } = stageAt(intended);
    tally.trend(`${what}_time`, tookMs, measured);
    if (what === 'pubrec') return;
    this.#unacknowledged -= 1;
    tally.count('messages_acknowledged', measured);
    const delivery = tally.delivery[qos];
    if (delivery !== undefined) delivery.acknowledged += 1;
  }

  message(payload: Uint8Array, at: number): void {
    if (this.#subscriber === undefined) {
      this.#around.tally.count('messages_unexpected', this.#around.stageAt(at).measured);
      return;
    }
    this.#around.receiver.take(this.#subscriber, payload, at);
  }

  broke(invariant: string, message: string, at: number): void {
    this.#around.tally.broken(invariant, message, at - this.#around.origin);
  }

  traffic(sent: number, received: number): void {
    this.#bytesSent += sent;
    this.#bytesReceived += received;
  }

  #bytesSent = 0;
  #bytesReceived = 0;

  /** Once a tick: for each packet it would cost more than the packet. */
  #countBytes(at: number): void {
    if (this.#bytesSent + this.#bytesReceived === 0) return;
    const { tally, stageAt } = this.#around;
    const { measured } = stageAt(at);
    tally.count('bytes_sent', measured, this.#bytesSent);
    tally.count('bytes_received', measured, this.#bytesReceived);
    this.#bytesSent = 0;
    this.#bytesReceived = 0;
  }

  #publishWaiting(): void {
    const { publish } = this.#population;
    const { now } = this.#around;
    if (publish === undefined) return;
    let sent = 0;
    for (const { due, topic } of this.#waiting) {
      if (this.#connection?.canPublish(publish.qos) !== true) break;
      this.#send(laneOf(this.#population, this.#client, topic), due, now());
      sent += 1;
    }
    if (sent === 0) return;
    this.#waiting = sent === this.#waiting.length ? [] : this.#waiting.slice(sent);
    // The first of them could have gone at once; the others were held by the broker.
    this.#held = this.#waiting.length > 0;
  }

  /** Something of it waits for the broker, so what is late is not our fault. */
  #held = false;

  #send(lane: number, due: number, now: number): void {
    const { tally, copies, stageAt, config, runId, lateLimitMs } = this.#around;
    const { measured, index } = stageAt(due);
    const sequence = this.#sequences.get(lane) ?? 0;
    this.#sequences.set(lane, sequence + 1);
    let template = this.#templates.get(lane);
    if (template === undefined) {
      const facts = laneFacts(config.plan, lane);
      const { publish } = this.#population;
      template = new LaneTemplate(facts, {
        lane,
        payloadBytes: publish?.payloadBytes ?? 0,
        version: config.plan.version,
        runId,
      });
      this.#templates.set(lane, template);
    }
    const head: Head = { lane, sequence, intended: due, actual: now };
    const { qos } = template.facts;
    if (qos > 0) this.#unacknowledged += 1;
    this.#connection?.publish(template, head, qos);
    this.#countSend(qos, copies[lane] ?? 0, measured);
    const stage = tally.stages[index];
    if (stage !== undefined) stage.sent += 1;
    tally.trend('send_lag', now - due, measured);
    this.#punctual(now - due <= lateLimitMs, measured);
  }

  #countSend(qos: Qos, copies: number, measured: boolean): void {
    const { tally } = this.#around;
    tally.point('sent');
    tally.count('messages_sent', measured);
    if (copies > 0) tally.count('messages_expected', measured, copies);
    const delivery = tally.delivery[qos];
    if (delivery === undefined) return;
    delivery.sent += 1;
    delivery.expected += copies;
  }

  #punctual(onTime: boolean, measured: boolean): void {
    const { tally } = this.#around;
    const how = onTime ? 'onTime' : this.#held ? 'blocked' : 'late';
    if (measured) tally.sends[how] += 1;
    if (measured && how === 'onTime') this.#around.native?.rate('on_time', true);
    if (how === 'onTime') return;
    tally.point(how);
    tally.count(how === 'late' ? 'sends_late' : 'sends_blocked', measured);
  }

  #expectRetained(): void {
    const { tally, now, stageAt, config } = this.#around;
    const lanes = this.#subscriber?.lanes ?? new Set<number>();
    const { measured } = stageAt(now());
    tally.count('messages_expected', measured, lanes.size);
    for (const lane of lanes) {
      const delivery = tally.delivery[laneFacts(config.plan, lane).qos];
      if (delivery !== undefined) delivery.expected += 1;
    }
  }

  #newClient(): Client {
    const { config, makeClient, now } = this.#around;
    const { publish } = this.#population;
    return makeClient(
      {
        url: targetUrl(config),
        headers: headers(config),
        connect: this.#connectPacket(),
        packing: config.plan.packing,
        ...(publish?.inFlight === undefined ? {} : { inFlight: publish.inFlight }),
        now,
      },
      this,
    );
  }

  #connectPacket(): Connect {
    const { config, origin, runId } = this.#around;
    const { plan } = config;
    const { keepAliveSeconds, cleanStart, sessionSeconds, receiveMaximum, will, first } = this.#population;
    const { username, password } = credentials(config);
    const five = plan.version === '5.0';
    const properties = {
      ...(sessionSeconds > 0 ? { sessionExpiryInterval: sessionSeconds } : {}),
      ...(receiveMaximum === undefined ? {} : { receiveMaximum }),
    };
    return {
      type: 'CONNECT',
      protocolName: 'MQTT',
      protocolLevel: five ? 5 : 4,
      // Under 3.1.1 the session ends with the connection, or never (§3.1.2.4).
      cleanStart: five ? cleanStart : cleanStart && sessionSeconds === 0,
      keepAlive: keepAliveSeconds,
      clientId: clientIdOf(plan, first + this.#client),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password: encodeUtf8(password) }),
      ...(five && Object.keys(properties).length > 0 ? { properties } : {}),
      ...(will === undefined ? {} : { will: this.#will(will, origin, runId) }),
    };
  }

  #will(will: NonNullable<PlannedPopulation['will']>, origin: number, runId: number): NonNullable<Connect['will']> {
    const { plan } = this.#around.config;
    const lane = will.firstLane + this.#client;
    const payload = newPayload(will.payloadBytes, runId, lane);
    const head = { lane, sequence: this.#ends, intended: origin, actual: origin };
    writeHead(new DataView(payload.buffer), 0, runId, head);
    const { qos, retain, delaySeconds } = will;
    const properties =
      plan.version === '5.0' && delaySeconds > 0 ? { properties: { willDelayInterval: delaySeconds } } : {};
    return { topic: willTopic(plan, this.#population, this.#client), payload, qos, retain, ...properties };
  }
}
