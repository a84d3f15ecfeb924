/** The broker under test, as data. */
import type { MqttVersion, Need } from '#spec';

export type Transport = 'ws' | 'wss' | 'mqtt' | 'mqtts';

export interface Endpoint {
  /** As given, user info left out. */
  readonly url: string;
  readonly transport: Transport;
  readonly host: string;
  readonly port: number;
  /** WebSocket only; with its query: `/mqtt?token=…`. */
  readonly path: string;
}

export interface Credentials {
  readonly username?: string;
  readonly password?: Uint8Array;
}

/** Client side TLS material; file contents, not paths. */
export interface TlsMaterial {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  /** PKCS #12, instead of `cert` and `key`. */
  readonly pfx?: Uint8Array;
  readonly servername?: string;
  /** Default true: the server's certificate must be valid. */
  readonly verify: boolean;
}

/** A client certificate of a PKI with its key; contents, not paths. */
export interface PkiClient {
  /** Name of the scenario: `client-expired`. */
  readonly id: string;
  /** PEM: the certificate, and behind it what else is sent. */
  readonly cert: string;
  readonly key: string;
  readonly subject: string;
  /** What a broker that maps the subject takes for the user. */
  readonly commonName?: string;
  readonly why: string;
}

/** What `certs make` wrote, read: material to show and to trust, no promise about the broker. */
export interface TargetPki {
  /** PEM of the authorities. */
  readonly root: string;
  readonly intermediate: string;
  readonly foreign: string;
  /** By the name of the scenario. */
  readonly clients: Readonly<Record<string, PkiClient>>;
}

/** What a target may declare: the `Need`s that no probe can tell (`acl`, `crl`, `identity`, `path-bound`, …). */
export type Declaration = Need;

export interface Target {
  /** The first is the one that is tested; the others are further doors to the same broker. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  readonly credentials: Credentials;
  /** Further headers of the upgrade request. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly tls: TlsMaterial;
  /** Certificates of every kind to try on it. */
  readonly pki?: TargetPki;
  readonly declared: readonly Declaration[];
  /** Absent: probed. */
  readonly versions?: readonly MqttVersion[];
  readonly topicPrefix: string;
  readonly clientIdPrefix: string;
  /** True where all endpoints are loopback addresses. */
  readonly loopback: boolean;
}
