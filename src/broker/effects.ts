/** Everything that the reference broker does: the closed list of effects that leave through the gate. */
import type { Packet, Publish, Subscription, Will } from '#wire';
import type { EndpointEffect } from './endpoint/effects.ts';
import type { EndReason } from './core-connection.ts';
import type { Message } from './message.ts';
import type { Cause, TimerName, Why } from './why.ts';

export type { Cause, TimerName };
export { TIMER_NAMES } from './why.ts';

interface Common {
  readonly why: Why;
  readonly cause: Cause;
}
interface OfConnection extends Common {
  readonly connection: number;
}
interface OfSession extends Common {
  readonly clientId: string;
}

/** A packet with the bytes that several connections share; used only while `packet` is the one that was encoded. */
export interface SharedBytes {
  readonly packet: Packet;
  readonly bytes: Uint8Array;
}

/** A subscription of a session, as it is stored. */
export interface StoredSubscription extends Subscription {
  readonly clientId: string;
  /** The filter as sent, or one of its own where a re-subscription adds: what the session stores it by. */
  readonly key: string;
  /** The filter that topics are matched with: without `$share/name/`. */
  readonly pattern: string;
  readonly shareName?: string;
  readonly identifier?: number;
}

export type CoreEffect =
  | (OfConnection & {
      readonly kind: 'send';
      readonly packet: Packet;
      readonly shared?: SharedBytes | undefined;
      /** That a PUBLISH carries. */ readonly message?: Message | undefined;
    })
  | (OfConnection & { readonly kind: 'end'; readonly reason: EndReason })
  /** The end of a connection whose buffer is full: what is in it would never arrive. */
  | (OfConnection & { readonly kind: 'reset' })
  /** Reading from a client stops while it doesn't read itself. */
  | (OfConnection & { readonly kind: 'reading-stopped' })
  | (OfConnection & { readonly kind: 'reading-resumed' })
  | (Common & {
      readonly kind: 'timer-set';
      readonly timer: TimerName;
      /** Milliseconds. */
      readonly ms: number;
      readonly connection?: number;
      readonly clientId?: string;
    })
  | (Common & {
      readonly kind: 'timer-cancelled';
      readonly timer: TimerName;
      readonly connection?: number;
      readonly clientId?: string;
    })
  | (OfSession & { readonly kind: 'session-stored'; readonly expiry: number })
  | (OfSession & { readonly kind: 'session-removed' })
  | (OfSession & { readonly kind: 'session-attached'; readonly connection: number })
  | (OfSession & { readonly kind: 'session-detached'; readonly connection: number })
  /** Seconds. */
  | (OfSession & { readonly kind: 'session-expiry-changed'; readonly expiry: number })
  | (OfSession & {
      readonly kind: 'subscription-added';
      readonly subscription: StoredSubscription;
      /** Whether its filter was subscribed before. */ readonly replaces: boolean;
    })
  | (OfSession & { readonly kind: 'subscription-removed'; readonly key: string })
  | (Common & { readonly kind: 'retained-set'; readonly message: Message })
  | (Common & { readonly kind: 'retained-cleared'; readonly topic: string })
  | (OfSession & { readonly kind: 'message-queued'; readonly message: Message })
  | (OfSession & { readonly kind: 'message-dropped'; readonly message: Message; readonly connection?: number })
  | (OfSession & { readonly kind: 'delivery-opened'; readonly packet: Publish; readonly message: Message })
  | (OfSession & { readonly kind: 'delivery-received'; readonly packetId: number })
  | (OfSession & { readonly kind: 'delivery-closed'; readonly packetId: number })
  /** A QoS 2 message of the client, stored until its PUBREL; with `message` where it is forwarded only then. */
  | (OfSession & { readonly kind: 'inbound-opened'; readonly packetId: number; readonly message?: Message })
  | (OfSession & { readonly kind: 'inbound-closed'; readonly packetId: number })
  | (OfConnection & { readonly kind: 'alias-defined'; readonly alias: number; readonly topic: string })
  | (OfConnection & { readonly kind: 'alias-assigned'; readonly alias: number; readonly topic: string })
  | (OfConnection & { readonly kind: 'quota-taken' })
  | (OfConnection & { readonly kind: 'quota-returned' })
  /** With `connection`: the will of a CONNECT. Without: one that waits for its delay. */
  | (OfSession & { readonly kind: 'will-stored'; readonly will: Will; readonly connection?: number })
  | (OfSession & { readonly kind: 'will-removed'; readonly connection?: number })
  /** A will or a message of a client that goes to its subscribers. */
  | (OfSession & { readonly kind: 'message-routed'; readonly message: Message });

/** Only alterations make it: another effect, later. */
export interface Delayed extends Common {
  readonly kind: 'delayed';
  /** Milliseconds. */
  readonly ms: number;
  readonly effect: Effect;
}

export type Effect = CoreEffect | EndpointEffect | Delayed;
export type EffectKind = Effect['kind'];
export type EffectOf<K extends EffectKind> = Extract<Effect, { readonly kind: K }>;

/** The kinds by name; a new one does not compile until it stands here. */
const KINDS: Readonly<Record<EffectKind, true>> = {
  send: true,
  end: true,
  reset: true,
  'reading-stopped': true,
  'reading-resumed': true,
  'timer-set': true,
  'timer-cancelled': true,
  'session-stored': true,
  'session-removed': true,
  'session-attached': true,
  'session-detached': true,
  'session-expiry-changed': true,
  'subscription-added': true,
  'subscription-removed': true,
  'retained-set': true,
  'retained-cleared': true,
  'message-queued': true,
  'message-dropped': true,
  'message-routed': true,
  'delivery-opened': true,
  'delivery-received': true,
  'delivery-closed': true,
  'inbound-opened': true,
  'inbound-closed': true,
  'alias-defined': true,
  'alias-assigned': true,
  'quota-taken': true,
  'quota-returned': true,
  'will-stored': true,
  'will-removed': true,
  'bytes-received': true,
  'frame-received': true,
  'http-response': true,
  'frame-sent': true,
  'bytes-sent': true,
  'transport-end': true,
  delayed: true,
};
export const EFFECT_KINDS = Object.keys(KINDS) as readonly EffectKind[];
