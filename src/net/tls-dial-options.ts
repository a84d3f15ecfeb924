/** How one TLS connection is made otherwise than the target says. */
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** Contents in PEM; behind the certificate stands what else is sent. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface TlsDialOptions {
  /** Shown instead of the target's; `none`: an empty list. */
  readonly client?: ClientCertificate | 'none';
  /** Trusted instead of what the target trusts. */
  readonly ca?: readonly string[];
  /** False: any certificate of the server is taken; `TlsSession.untrusted` says what is held against it. */
  readonly verify?: boolean;
  /** '': no SNI. The certificate is looked at for this name. */
  readonly servername?: string;
  /** Absent: no ALPN. */
  readonly alpn?: readonly string[];
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** OpenSSL's list. `DEFAULT@SECLEVEL=0` shows weak certificates too. */
  readonly ciphers?: string;
  readonly sigalgs?: string;
  readonly curves?: string;
  /** One of `TlsSession.tickets`: is resumed where the server wants it. */
  readonly ticket?: Uint8Array;
  /** Told of the octets below TLS. */
  readonly heard?: (direction: 'in' | 'out', bytes: Uint8Array) => void;
  /** Most octets in one segment of TCP. */
  readonly segment?: number;
  /**
   * Milliseconds that TLS 1.3 is given for a sign that the server has judged our certificate: its first ticket, an alert,
   * the end. Until then nothing is written, as an alert that crosses our octets may be lost. Named, even as 0, the handshake
   * is listened to (`TlsSession.shown`). Default 0.
   */
  readonly verdictMs?: number;
  /** True: the end of TCP is passed on late, so that `TlsSession.ending` can tell it from an end of TLS. */
  readonly tellsEnding?: true;
  /** Milliseconds for the handshake. Default `DIAL_LIMITS.tlsMs`. */
  readonly within?: number;
}
