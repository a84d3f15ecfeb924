/**
 * `k6/x/mqtt` of grafana/xk6-mqtt 0.3.0, as it behaves and not as it is published: `npm run k6:types` checks each member here
 * against a real binary and says what has changed. MQTT 3.1.1 only; subprotocol `mqtt`; no HTTP headers.
 *
 * **What kills the whole process (exit code 2, no summary) can't be written with these types**: a payload that is an
 * `ArrayBuffer`, several topics in one call, and a synchronous call on a client that isn't connected. So the synchronous
 * calls exist only where `connected` was seen to be true, or use the `…Async` ones, which throw instead.
 */
declare module 'k6/x/mqtt' {
  type QoS = 0 | 1 | 2;
  /** Tags of the samples. */
  type Tags = Readonly<Record<string, string>>;

  interface Will {
    readonly topic: string;
    /** Text only. */
    readonly payload: string;
    readonly qos?: QoS;
    readonly retain?: boolean;
  }

  interface Credentials {
    readonly username: string;
    readonly password: string;
  }

  interface ClientOptions {
    readonly client_id?: string;
    readonly username?: string;
    readonly password?: string;
    /** Asked at each connect; stands above `username` and `password`. */
    readonly credentials_provider?: () => Credentials;
    readonly will?: Will;
    readonly tags?: Tags;
  }

  interface ConnectOptions {
    /** Seconds; 30 if absent. */
    readonly keepalive?: number;
    /** Milliseconds; 30,000 if absent. */
    readonly connect_timeout?: number;
    /** `false` has no effect: each session is clean. */
    readonly clean_session?: true;
    /** Further addresses, tried in this order after the URL. */
    readonly servers?: readonly string[];
    readonly tags?: Tags;
  }

  interface PublishOptions {
    readonly qos?: QoS;
    readonly retain?: boolean;
    readonly tags?: Tags;
  }

  interface SubscribeOptions {
    readonly qos?: QoS;
    readonly tags?: Tags;
  }

  interface TagOptions {
    readonly tags?: Tags;
  }

  /** What an `error` listener gets and, where there is none, what is thrown. */
  interface MqttError {
    readonly name: 'MQTTError';
    readonly message: string;
    readonly method: string;
  }

  interface Events {
    connect(): void;
    /** A connection was lost and is made anew by the client itself. */
    reconnect(): void;
    /** Before our own DISCONNECT, not after it. */
    end(): void;
    message(topic: string, payload: ArrayBuffer): void;
    /** With it nothing is thrown: after `connect` look at `connected`. */
    error(error: MqttError): void;
  }

  interface ClientCalls {
    /** One listener an event: a second one replaces the first. */
    on<Event extends keyof Events>(event: Event, listener: Events[Event]): void;
    /**
     * Returns when CONNACK came; other handlers of the VU wait meanwhile. Once only: after a second `connect`, and after
     * `reconnect`, no event of this client arrives any more, and its `end` never returns. Make a new client instead.
     */
    connect(url: string, options?: ConnectOptions): void;
    connectAsync(url: string, options?: ConnectOptions): Promise<void>;
    /** Throws where the client isn't connected. */
    publishAsync(topic: string, payload: string | Uint8Array, options?: PublishOptions): Promise<void>;
    /** Throws where the client isn't connected. */
    subscribeAsync(topic: string, options?: SubscribeOptions): Promise<void>;
    /** Throws where the client isn't connected. */
    unsubscribeAsync(topic: string, options?: TagOptions): Promise<void>;
    /** Sends DISCONNECT and closes; throws where the client isn't connected. */
    end(options?: TagOptions): void;
    endAsync(options?: TagOptions): Promise<void>;
  }

  interface IdleClient extends ClientCalls {
    readonly connected: false;
  }

  interface ConnectedClient extends ClientCalls {
    readonly connected: true;
    /** Returns when the broker has answered (QoS 1 and 2) or the bytes were written (QoS 0). */
    publish(topic: string, payload: string | Uint8Array, options?: PublishOptions): void;
    /** Returns when SUBACK came. */
    subscribe(topic: string, options?: SubscribeOptions): void;
    /** Returns when UNSUBACK came. */
    unsubscribe(topic: string, options?: TagOptions): void;
  }

  export type Client = IdleClient | ConnectedClient;
  export const Client: new (options?: ClientOptions) => Client;
}
