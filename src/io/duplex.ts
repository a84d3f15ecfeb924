/** How a connection ended, as far as this side can tell. FIN and RST are labels: Node hides an RST that comes with data. */
export type EndKind = 'fin' | 'reset' | 'error';

/** What a duplex tells its one listener. Calls come in order; nothing comes after `closed`. */
export interface DuplexListener {
  /** Bytes from the peer. The listener may keep the array. */
  data(bytes: Uint8Array): void;
  /** The peer will send nothing more (FIN); this side may still send. */
  ended(): void;
  /** The connection is gone in both directions. */
  closed(kind: EndKind, detail?: string): void;
  /** What was written has left this side's buffer. */
  drained?(): void;
}

/** An ordered stream of bytes in both directions: a socket, a TLS socket or a pair in memory. */
export interface Duplex {
  /** Starts delivery. Bytes that came before are delivered first. Exactly one listener. */
  listen(listener: DuplexListener): void;
  /** Sends; the array belongs to the duplex from now on. Writing on a closed duplex does nothing. */
  write(bytes: Uint8Array): void;
  /** Sends FIN after what was written; the peer may still send. */
  end(): void;
  /** Ends at once, by RST where the transport knows one. */
  reset(): void;
  /** Stops and resumes reading (back-pressure towards the peer). */
  pause(): void;
  resume(): void;
  /** Bytes written and not yet taken by the transport. */
  readonly buffered: number;
  readonly closed: boolean;
}

/** Accepts connections until it is closed. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}
