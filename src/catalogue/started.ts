/** A broker that the catalogue started. */
export interface StartedBroker {
  /** `ws://127.0.0.1:49153/mqtt`. */
  readonly wsUrl: string;
  /** `mqtt://127.0.0.1:49154`. */
  readonly tcpUrl: string;
  /** `Eclipse Mosquitto (eclipse-mosquitto:2.0.22)`. */
  readonly label: string;
  /** What it printed so far. */
  log(): Promise<string>;
  /** Starts it anew on the same ports after it went down. */
  restart(): Promise<void>;
  /** Ends it and removes what it wrote. Twice is once. */
  stop(): Promise<void>;
}

/** What kept a broker from being started; the message says what to do. */
export class CatalogueError extends Error {
  readonly code: 'UNKNOWN_BROKER' | 'NOT_INSTALLED' | 'NO_DOCKER' | 'NO_RECIPE' | 'START_FAILED';
  /** What it had printed. */
  readonly log: string;

  constructor(code: CatalogueError['code'], message: string, log = '') {
    super(message);
    this.name = 'CatalogueError';
    this.code = code;
    this.log = log;
  }
}
