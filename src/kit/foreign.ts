/** Clients of other hands (MQTT.js): what a case may do with them. Their packets are read at the relay between them and the broker. */
import type { Clock } from '#io';
import type { Recorder } from '#net';
import type { MqttVersion } from '#spec';
import type { Endpoint, Target } from '#target';
import type { Packet, Qos, Will } from '#wire';
import type { BrowserDriver } from './browser.ts';
import type { CaseContext } from './context.ts';
import { Skipped } from './outcomes.ts';
import { unmet, type Scope } from './scope.ts';

export interface ForeignOptions {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: Uint8Array;
  readonly clean: boolean;
  /** Seconds; 5.0 only. */
  readonly sessionExpiryInterval?: number;
  /** Seconds. */
  readonly keepAlive: number;
  readonly will?: Will;
}

/** Where the client connects to, and who writes down what passes. */
export interface ForeignDoor {
  readonly endpoint: Endpoint;
  readonly version: MqttVersion;
  readonly target: Target;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  /** Milliseconds for every answer. */
  readonly replyMs: number;
}

export interface ForeignMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: Qos;
  readonly retain: boolean;
}

/** Every promise rejects where the client reports an error, or nothing comes in time. */
export interface ForeignClient {
  /** Packets in the order in which they passed the relay. */
  readonly trace: readonly { readonly from: 'client' | 'server'; readonly packet: Packet }[];
  readonly sessionPresent: boolean;
  subscribe(filter: string, qos: Qos): Promise<Qos>;
  publish(
    topic: string,
    payload: string | Uint8Array,
    options?: { readonly qos?: Qos; readonly retain?: boolean },
  ): Promise<void>;
  /** The next message, in the order of coming. */
  message(): Promise<ForeignMessage>;
  /** The relay ends the connection by RST; the client didn't ask for it. */
  cut(): void;
  /** DISCONNECT and the end. */
  end(): Promise<void>;
  /** Frees everything; nothing happens where that was done. */
  dispose(): Promise<void>;
}

export type Driver = (door: ForeignDoor, options: ForeignOptions) => Promise<ForeignClient>;

/** Absent: not installed; `why` says it. */
export interface Drivers {
  readonly mqttjs: Driver | { readonly why: string };
  readonly browser: BrowserDriver | { readonly why: string };
}

/** To the endpoint of the instance. */
export function foreignDoor({ clock, recorder, signal, target, timing, instance }: Scope): ForeignDoor {
  const { endpoint, version } = instance;
  return { endpoint, version, target, clock, recorder, signal, replyMs: timing.replyMs };
}

export async function openForeign(
  t: CaseContext<unknown>,
  name: 'mqttjs',
  options: Partial<ForeignOptions>,
): Promise<ForeignClient> {
  const { drivers, story } = t.scope;
  const driver = drivers?.[name] ?? { why: 'no client library is driven here' };
  if (typeof driver !== 'function') throw new Skipped(driver.why);
  story.tell(`${name} connects`);
  const asked = { ...t.credentials(), clientId: t.clientId(), clean: true, keepAlive: 60, ...options };
  const client = await judged(t, driver(foreignDoor(t.scope), asked));
  return {
    ...client,
    subscribe: (...input) => judged(t, client.subscribe(...input)),
    publish: (...input) => judged(t, client.publish(...input)),
    message: () => judged(t, client.message()),
    end: () => judged(t, client.end()),
  };
}

/** What goes wrong with a client library on this broker is what the case is about. */
async function judged<T>(t: CaseContext<unknown>, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unmet(t.scope, { message, evidence: message.includes('within') ? 'deadline' : 'wire' });
  }
}
