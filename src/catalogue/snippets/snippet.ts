/** What a broker is told so that its secure listeners use a PKI of `certs make` and require client certificates. */
import type { FileToWrite } from '../entry.ts';

/** All paths are absolute. */
export interface TlsPlaces {
  /** Where the snippet's own files go. */
  readonly folder: string;
  /** What is trusted: the root, PEM. */
  readonly ca: string;
  /** What the server shows: its certificate and the intermediate, PEM. */
  readonly cert: string;
  readonly key: string;
  /** Key and chain in one PEM file. */
  readonly bundle: string;
  /** Key and chain, PKCS#12. */
  readonly keystore: string;
  /** The root, PKCS#12 as Java reads it. */
  readonly truststore: string;
  /** Of both stores. */
  readonly password: string;
  /** All revocation lists in one PEM file. */
  readonly crl: string;
  /** The same, a file each, named by the hash of the issuer. */
  readonly hashedCrls: string;
  /** Whose the keys are; nobody else can read them. */
  readonly owner: string;
  readonly ports: TlsPorts;
}

export interface TlsPorts {
  readonly wss: number;
  readonly mqtts: number;
  /** Of the broker behind a proxy, without TLS. */
  readonly ws: number;
  readonly tcp: number;
}

export interface TlsSnippet {
  readonly name: string;
  readonly title: string;
  /** Of the WebSocket listener. */
  readonly path: string;
  /** Paths are relative to `TlsPlaces.folder`. */
  files(places: TlsPlaces): readonly FileToWrite[];
  /** What to type, in a shell. */
  start(places: TlsPlaces): readonly string[];
  /** Which of its listeners are given the revocation lists. */
  readonly crl: 'both' | 'mqtts' | 'none';
  /** True where it has the intermediate, too, so that a client need not send it. */
  readonly holdsIntermediate?: boolean;
  /** What a user should know before he reads a verdict; whole sentences. */
  readonly notes: readonly string[];
  /** With what it was started and tried; absent: written from its documentation. */
  readonly proved?: string;
}

/** As a string of JSON, of HOCON and of Erlang terms. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** As one word of a shell. */
export function shell(text: string): string {
  return /^[\w/.:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
