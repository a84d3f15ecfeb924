/** What an endpoint does below MQTT; each leaves through the gate like the effects of the core. */
import type { Frame, FrameToSend } from '#wire';
import type { Cause, Why } from '../why.ts';

interface OfTransport {
  readonly connection: number;
  readonly why: Why;
  readonly cause: Cause;
}

/** An answer to an HTTP request. */
export interface HttpResponse {
  readonly status: number;
  /** The reason phrase. */
  readonly phrase: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export type EndpointEffect =
  /** Octets came from the peer, below all framing. */
  | (OfTransport & { readonly kind: 'bytes-received'; readonly bytes: Uint8Array })
  /** A frame came that broke no rule, or none that is enforced: it is served. */
  | (OfTransport & {
      readonly kind: 'frame-received';
      readonly frame: Frame;
      /** True where it stands inside an unfinished message. */
      readonly inside: boolean;
    })
  | (OfTransport & { readonly kind: 'http-response'; readonly response: HttpResponse })
  | (OfTransport & { readonly kind: 'frame-sent'; readonly frame: FrameToSend })
  /** Octets of MQTT leave on a TCP connection. */
  | (OfTransport & { readonly kind: 'bytes-sent'; readonly bytes: Uint8Array })
  /** The endpoint ends TCP: by FIN, or by RST. */
  | (OfTransport & { readonly kind: 'transport-end'; readonly how: 'fin' | 'reset' });
