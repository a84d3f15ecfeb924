import type { Properties } from './properties.ts';

export type PacketType =
  | 'CONNECT'
  | 'CONNACK'
  | 'PUBLISH'
  | 'PUBACK'
  | 'PUBREC'
  | 'PUBREL'
  | 'PUBCOMP'
  | 'SUBSCRIBE'
  | 'SUBACK'
  | 'UNSUBSCRIBE'
  | 'UNSUBACK'
  | 'PINGREQ'
  | 'PINGRESP'
  | 'DISCONNECT'
  | 'AUTH';

export type Qos = 0 | 1 | 2;
export type RetainHandling = 0 | 1 | 2;

export interface Will {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: Qos;
  readonly retain: boolean;
  /** 5.0 only. */
  readonly properties?: Properties;
}

/** §3.1. `cleanStart` is "Clean Session" in 3.1.1. */
export interface Connect {
  readonly type: 'CONNECT';
  /** 'MQTT', or 'MQIsdp' for 3.1. */
  readonly protocolName: string;
  /** 3, 4 or 5; anything that fits a byte when a case wants it. */
  readonly protocolLevel: number;
  readonly cleanStart: boolean;
  /** Seconds. */
  readonly keepAlive: number;
  readonly clientId: string;
  readonly will?: Will;
  readonly username?: string;
  readonly password?: Uint8Array;
  readonly properties?: Properties;
}

/** §3.2. `reasonCode` is the "Return code" in 3.1.1. */
export interface Connack {
  readonly type: 'CONNACK';
  readonly sessionPresent: boolean;
  readonly reasonCode: number;
  readonly properties?: Properties;
}

/** §3.3. */
export interface Publish {
  readonly type: 'PUBLISH';
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: Qos;
  readonly retain: boolean;
  readonly dup: boolean;
  /** Present when `qos` > 0. */
  readonly packetId?: number;
  readonly properties?: Properties;
}

/** §3.4–3.7. In 3.1.1 there is no reason code on the wire: decode gives 0. */
export interface PublishReply<T extends 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP'> {
  readonly type: T;
  readonly packetId: number;
  readonly reasonCode: number;
  readonly properties?: Properties;
}
export type Puback = PublishReply<'PUBACK'>;
export type Pubrec = PublishReply<'PUBREC'>;
export type Pubrel = PublishReply<'PUBREL'>;
export type Pubcomp = PublishReply<'PUBCOMP'>;

export interface Subscription {
  readonly filter: string;
  readonly qos: Qos;
  /** The three below are 5.0 only (false, false, 0 in 3.1.1). */
  readonly noLocal: boolean;
  readonly retainAsPublished: boolean;
  readonly retainHandling: RetainHandling;
}

/** §3.8. */
export interface Subscribe {
  readonly type: 'SUBSCRIBE';
  readonly packetId: number;
  readonly subscriptions: readonly Subscription[];
  readonly properties?: Properties;
}

/** §3.9. `reasonCodes` are the "Return Codes" in 3.1.1. */
export interface Suback {
  readonly type: 'SUBACK';
  readonly packetId: number;
  readonly reasonCodes: readonly number[];
  readonly properties?: Properties;
}

/** §3.10. */
export interface Unsubscribe {
  readonly type: 'UNSUBSCRIBE';
  readonly packetId: number;
  readonly filters: readonly string[];
  readonly properties?: Properties;
}

/** §3.11. Without reason codes in 3.1.1 (an empty list). */
export interface Unsuback {
  readonly type: 'UNSUBACK';
  readonly packetId: number;
  readonly reasonCodes: readonly number[];
  readonly properties?: Properties;
}

export interface Pingreq {
  readonly type: 'PINGREQ';
}
export interface Pingresp {
  readonly type: 'PINGRESP';
}

/** §3.14. In 3.1.1 it has no reason code on the wire: decode gives 0. */
export interface Disconnect {
  readonly type: 'DISCONNECT';
  readonly reasonCode: number;
  readonly properties?: Properties;
}

/** §3.15, 5.0 only. */
export interface Auth {
  readonly type: 'AUTH';
  readonly reasonCode: number;
  readonly properties?: Properties;
}

export type Packet =
  | Connect
  | Connack
  | Publish
  | Puback
  | Pubrec
  | Pubrel
  | Pubcomp
  | Subscribe
  | Suback
  | Unsubscribe
  | Unsuback
  | Pingreq
  | Pingresp
  | Disconnect
  | Auth;

export type PacketOf<T extends PacketType> = Extract<Packet, { readonly type: T }>;
