/** The seam between a transport (WebSocket or TCP endpoint) and the MQTT core. */
import type { Gate } from './gate.ts';
import type { Peer } from './tls/peer.ts';

/** Why the core ends a connection: what a WebSocket endpoint needs for its close code. */
export interface EndReason {
  readonly kind:
    | 'normal'
    | 'protocol-error'
    | 'takeover'
    | 'refused'
    | 'shutdown'
    | 'keep-alive'
    | 'not-authorized'
    | 'too-large'
    | 'server-error';
  /** The reason code of 5.0 that says the same, where there is one. */
  readonly reasonCode?: number;
}

/** One MQTT connection as the core sees it; the endpoint implements it. */
export interface PacketSink {
  /** One or several whole packets. The array may be shared with other connections: it must not be changed. */
  sendBytes(bytes: Uint8Array): void;
  /** Ends it after what was sent. */
  end(reason: EndReason): void;
  /** Ends it at once. */
  reset(): void;
  /** Bytes that the transport has not taken yet. */
  readonly buffered: number;
  /** Stops and resumes reading from the client. */
  pause(): void;
  resume(): void;
}

/** What the endpoint calls. After `end` or `reset` of its sink all of it is ignored. */
export interface CoreConnection {
  /** The number that effects and `About` carry. */
  readonly connection: number;
  received(bytes: Uint8Array): void;
  /** The transport ended without the core's doing: closed by the peer, reset, or broken (a WebSocket protocol error too). */
  transportEnded(kind: 'closed' | 'reset' | 'transport-error'): void;
  /** What was sent has left the buffer: waiting messages may follow. */
  drained(): void;
  /** A WebSocket Ping came. It is no MQTT Control Packet and must not refresh the keep alive (§3.1.2.10). */
  pinged(): void;
}

export interface Core {
  open(sink: PacketSink, transport: 'ws' | 'tcp', peer?: Peer): CoreConnection;
  /** Ends all connections (5.0: DISCONNECT 0x8B) and cancels all timers. */
  close(): void;
  readonly gate: Gate;
}
