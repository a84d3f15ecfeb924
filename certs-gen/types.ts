import type { KeyType } from './der/key-types.ts';

/** What a broker (or a client, for `server-…`) must do with it: let it in, keep it out, or either. */
export type Outcome = 'accept' | 'reject' | 'observe';

/** Paths relative to the folder of the PKI, with `/`. */
export interface ScenarioFiles {
  /** The certificate alone, PEM. */
  readonly cert?: string;
  /** Its private key, PKCS#8 PEM, mode 0600. */
  readonly key?: string;
  /** What goes with it: intermediates, or a root that nobody trusts; PEM. Absent where there is nothing. */
  readonly chain?: string;
  /** What is shown in the handshake: the certificate, then its chain; PEM. */
  readonly fullchain?: string;
  /** Key and full chain, PKCS#12. */
  readonly p12?: string;
  /** The certificate alone, DER. */
  readonly der?: string;
  /** Of a server: key and full chain in one PEM file, mode 0600, as HAProxy wants it. */
  readonly bundle?: string;
}

export interface Scenario {
  /** `client-valid-ec-p256`, `server-expired`…; with `cert/` in front the requirement of a client's. */
  readonly id: string;
  readonly role: 'client' | 'server';
  /** Empty for `client-none`. */
  readonly files: ScenarioFiles;
  /** RFC 4514, as `CN=client-expired,O=mqttspec TEST`; '' where there is no certificate. */
  readonly subject: string;
  /** The (first) common name, as it stands in the certificate; absent where there is none. */
  readonly commonName?: string;
  /** Content octets of the serial number in hexadecimal; '' where there is no certificate. */
  readonly serial: string;
  /** ISO 8601; '' where there is no certificate. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** SHA-256 of the DER in hexadecimal; '' where there is no certificate. */
  readonly fingerprint: string;
  readonly expected: Outcome;
  /** What it is, and so why it must be accepted or rejected. */
  readonly why: string;
  /** Section of the standard, or the listener's contract. */
  readonly source: string;
  /** Key of the requirement, `cert/…`. */
  readonly requirement?: string;
  /** What must be so at the listener for the expectation to hold: `crl`, `identity`, `tls13`, `root-only`… */
  readonly needs?: readonly string[];
  /** The revocation lists that the broker is to be given for it, instead of `PkiIndex.crls.all`; one PEM file. */
  readonly crl?: string;
  /** Of the PKCS#12 file. */
  readonly password?: string;
}

/** What the table says of a scenario, made or not. */
export type KnownScenario = Pick<Scenario, 'id' | 'role' | 'expected' | 'why' | 'source' | 'requirement' | 'needs'>;

export type AuthorityRole = 'root' | 'intermediate' | 'foreign' | 'lookalike';

export interface AuthorityFiles {
  /** PEM; `der` the same in DER. */
  readonly cert: string;
  readonly der: string;
  /** Its revocation list, PEM; `crlDer` the same in DER. */
  readonly crl: string;
  readonly crlDer: string;
  /** PKCS#8 PEM, mode 0600. */
  readonly key: string;
}

export interface PkiIndex {
  readonly format: 1;
  /** ISO 8601. */
  readonly created: string;
  /** When its authorities and revocation lists end; ISO 8601. */
  readonly validUntil: string;
  readonly key: KeyType;
  /** Names and addresses of the server's certificates. */
  readonly hosts: readonly string[];
  readonly trustable: boolean;
  /** These four, and the further ones that issue something wrong or long. */
  readonly authorities: Readonly<Record<AuthorityRole, AuthorityFiles> & Record<string, AuthorityFiles>>;
  readonly crls: {
    /** The lists of every authority below `root` in one PEM file, for brokers that read all of it. */
    readonly all: string;
    /** The same, a file each: Node and others read only the first list of a file. */
    readonly each: readonly string[];
    /** Once more in a folder of their own, named by the issuer as OpenSSL and Erlang look for them. */
    readonly hashed: readonly string[];
    /** As `all`, but the root's is past its next update. */
    readonly expired: string;
    /** As `all`, but the root's is signed by another. */
    readonly wrongSigner: string;
    /** The root's alone: who has an intermediate above him has no list. */
    readonly rootOnly: string;
  };
  /** PKCS#12 with `root` as a trust anchor, for Java. */
  readonly truststore: string;
  readonly scenarios: readonly Scenario[];
  /** Of every PKCS#12 file; no secret. */
  readonly password: string;
  /** Text files that were written along with it, as asked for. */
  readonly companions: readonly string[];
}

export interface PkiOptions {
  /** Of every key that has no type of its own; default `ec-p256`. */
  readonly key?: KeyType;
  /** Days until everything that is valid ends, 1 to 3650; default 365. */
  readonly days?: number;
  /** DNS names and addresses of the server's certificates; default `localhost`, `127.0.0.1`, `::1`. */
  readonly hosts?: readonly string[];
  /** A valid client certificate for each of these common names. */
  readonly commonNames?: readonly string[];
  /** Only these scenarios: identifiers, with `*`; with `!` in front not these. Default: all. */
  readonly only?: readonly string[];
  /** Replaces a PKI that is there. Never anything else. */
  readonly force?: boolean;
  /** Binds the root to local names, so that trusting it does little harm. */
  readonly trustable?: boolean;
  /** Text files that go with it, by path: what a broker is told to use it. Written with a new PKI, and where one is missing. */
  readonly companions?: (index: PkiIndex) => Readonly<Record<string, string>>;
  /** Default: now. */
  readonly now?: Date;
}

/** A PKI that was read from a folder, and checked. */
export interface Pki {
  readonly directory: string;
  readonly index: PkiIndex;
  scenario(id: string): Scenario | undefined;
  /** The text of a PEM file; @throws PkiError where the index doesn't have it. */
  pem(relative: string): string;
}
