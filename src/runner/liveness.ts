/** Does the broker still live? Several fresh clients ask; some brokers lose one thread of several. */
import { sleep, type Clock } from '#io';
import type { Timing } from '#kit';
import { openSession, type SessionOptions } from '#net';
import type { MqttVersion } from '#spec';
import type { Endpoint } from '#target';
import { isPublish, isSuback, publish } from './examine.ts';
import { RUN_LIMITS } from './limits.ts';

export interface LivenessOptions {
  readonly endpoint: Endpoint;
  readonly version: MqttVersion;
  readonly timing: Timing;
  /** True where a message is expected back. */
  readonly delivers: boolean;
  readonly topicPrefix: string;
  readonly session: (purpose: string) => SessionOptions;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export class Liveness {
  readonly #options: LivenessOptions;
  #count = 0;
  #running: Promise<string | undefined> | undefined;
  #queued: Promise<string | undefined> | undefined;

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** Undefined: it lives. Otherwise how it is found dead. The asking begins after this call. */
  ask(): Promise<string | undefined> {
    if (this.#running === undefined) return this.start();
    // What was found dead needs no second asking.
    this.#queued ??= this.#running.then((dead) => {
      this.#queued = undefined;
      return dead ?? this.start();
    });
    return this.#queued;
  }

  private start(): Promise<string | undefined> {
    this.#running = this.rounds().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** One client that is served late proves nothing: only what fails in each round counts. */
  private async rounds(): Promise<string | undefined> {
    let last: string | undefined;
    for (let round = 0; round < RUN_LIMITS.livenessRounds; round += 1) {
      const answers = await Promise.all(Array.from({ length: RUN_LIMITS.livenessClients }, () => this.client(round)));
      last = answers.find((answer) => answer !== undefined);
      if (last === undefined) return undefined;
      const { clock, signal } = this.#options;
      if (signal.aborted) return undefined;
      await sleep(clock, RUN_LIMITS.livenessPauseMs * (round + 1), signal).catch(() => undefined);
    }
    return last;
  }

  private async client(round: number): Promise<string | undefined> {
    this.#count += 1;
    const { endpoint, timing, delivers, topicPrefix } = this.#options;
    const name = `alive${this.#count}`;
    const within = timing.replyMs * (round + 1);
    const options = this.#options.session(name);
    const opened = await openSession(endpoint, { ...options, within });
    if (options.signal.aborted) return undefined;
    if (!opened.ok) return opened.failure.sentence;
    const { session } = opened;
    if (!delivers) {
      session.close();
      return undefined;
    }
    const topic = `${topicPrefix}${options.clientId}`;
    session.send({
      type: 'SUBSCRIBE',
      packetId: 1,
      subscriptions: [{ filter: topic, qos: 0, noLocal: false, retainAsPublished: false, retainHandling: 0 }],
    });
    const acknowledged = await session.next(isSuback(1), within);
    if (acknowledged === undefined) return this.lost(session.abandon.bind(session), 'a new client gets no SUBACK');
    await sleep(options.clock, timing.settleMs, options.signal).catch(() => undefined);
    session.send(publish(topic, {}));
    const came = await session.next(isPublish(topic), within);
    if (came === undefined && !options.signal.aborted) {
      return this.lost(session.abandon.bind(session), 'a new client does not get its own message');
    }
    session.close();
    return undefined;
  }

  private lost(abandon: () => void, how: string): string {
    abandon();
    return how;
  }
}
