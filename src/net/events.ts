/** What came in on one connection, from the socket up. */
import type { Frame, HttpHead, Packet } from '#wire';
import type { RequirementKey } from '#spec';

interface Came {
  /** Milliseconds of the clock, fractions too. */
  readonly at: number;
  /** Index of its transcript entry. */
  readonly entry: number;
}

/** Events that a case can claim. */
export type Inbound =
  | (Came & { readonly kind: 'packet'; readonly packet: Packet; readonly bytes: Uint8Array })
  | (Came & { readonly kind: 'frame'; readonly frame: Frame })
  /** Octets that can't be read any further. */
  | (Came & { readonly kind: 'unreadable'; readonly message: string; readonly bytes?: Uint8Array })
  /** The peer sends nothing more. */
  | (Came & { readonly kind: 'end'; readonly how: 'fin' | 'reset' | 'error'; readonly detail?: string });

export type WireEvent =
  | Inbound
  | (Came & { readonly kind: 'http'; readonly head: HttpHead; readonly status: number })
  /** A rule that the peer broke; reading goes on where it can. */
  | (Came & {
      readonly kind: 'violation';
      readonly requirements: readonly RequirementKey[];
      readonly message: string;
      /** Of the packet; absent below MQTT. */
      readonly bytes?: Uint8Array;
    });
