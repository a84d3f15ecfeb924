/** How the reference broker can be made to misbehave: rules waived, decisions overridden, effects rewritten, bytes transformed. */
import type { MqttVersion } from '#spec';
import type { Packet, Violation, Will } from '#wire';
import type { EndReason } from './core-connection.ts';
import type { DecisionName, DecisionValue } from './decisions.ts';
import type { Effect } from './effects.ts';
import type { Limits } from './limits.ts';
import type { RuleName } from './rules.ts';
import type { Known } from './tls/authorities.ts';

/** What a rule or a decision is about: enough to make an alteration conditional. */
export interface About {
  readonly connection?: number | undefined;
  readonly transport?: 'ws' | 'tcp' | undefined;
  readonly version?: MqttVersion | undefined;
  readonly clientId?: string | undefined;
  /** The packet that is being handled or sent. */
  readonly packet?: Packet | undefined;
  /** Of a connection that ends: why. */
  readonly ending?: EndReason['kind'] | 'connection-lost' | undefined;
  /** What the codec found, where a rule of its own is asked. */
  readonly violation?: Violation | undefined;
  /** How the transport of a connection ended that the client left without DISCONNECT. */
  readonly lost?: 'closed' | 'reset' | 'transport-error' | undefined;
  /** The will of a connection that ends. */
  readonly will?: Will | undefined;
  /** Of a connection: deliveries that may still be opened, whether it resumed a session, whether it took one over. */
  readonly quota?: number | undefined;
  readonly resumed?: boolean | undefined;
  readonly tookOver?: boolean | undefined;
  readonly tookOverFrom?: 'ws' | 'tcp' | undefined;
  /** Octets that the client takes in one packet. */
  readonly maximumPacketSize?: number | undefined;
  /** Whether the user that CONNECT names exists. */
  readonly knowsUser?: boolean | undefined;
  /** Whether an exchange of AUTH is under way. */
  readonly authenticating?: boolean | undefined;
  /** Whether a filter was subscribed before, and whether a message is above our Receive Maximum. */
  readonly subscribed?: boolean | undefined;
  readonly exceeding?: boolean | undefined;
  /** A subscription, or a message, that a choice is about. */
  readonly filter?: string | undefined;
  readonly topic?: string | undefined;
  /** Of a handshake: the client's certificate, the path that it was shown with, whether a session was resumed. */
  readonly certificate?: Known | undefined;
  readonly path?: readonly Known[] | undefined;
  readonly resumption?: boolean | undefined;
  readonly tlsVersion?: string | undefined;
  /** Whether its issuer is one of the trusted, whatever the signature; whether its subject was let in before. */
  readonly trustedIssuer?: boolean | undefined;
  readonly knownName?: boolean | undefined;
  /** Of a connection that takes over: whether the other one is another user by its certificate. */
  readonly otherIdentity?: boolean | undefined;
}

export interface Alteration {
  /** Rules that are not enforced; the stated recovery of the rule applies. */
  readonly waive?: readonly RuleName[];
  readonly decide?: {
    readonly [D in DecisionName]?: (normal: DecisionValue<D>, about: About) => DecisionValue<D>;
  };
  /** Gives what happens instead: the effect itself, others, or nothing. */
  readonly rewrite?: (effect: Effect, about: About) => readonly Effect[];
  /** Limits that are advertised and enforced instead of the broker's. */
  readonly limits?: Partial<Limits>;
  /** A transform of what leaves on a connection, below all framing. */
  readonly bytes?: (bytes: Uint8Array, about: About) => Uint8Array;
  /** Absent: always. `nth`: counts what it matches, from 1. */
  readonly when?: (about: About, nth: number) => boolean;
}
