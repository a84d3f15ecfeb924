/** TLS of the broker's listeners; all contents are PEM. */
export interface CertificateWithKey {
  /** The certificate, and behind it what else is sent. */
  readonly cert: string;
  readonly key: string;
}

export interface BrokerTls extends CertificateWithKey {
  /** Authorities whose clients are let in. */
  readonly ca?: readonly string[];
  /** Revocation lists; where there is one, every authority of a path but the root needs one. */
  readonly crl?: readonly string[];
  /** Whether clients are asked for a certificate. Default: where there is `ca`. */
  readonly requestCert?: boolean;
  /** Whether a client without certificate is refused. Default: false. */
  readonly requireCert?: boolean;
  /** The user is the common name of the certificate, whatever CONNECT says. */
  readonly identity?: 'cn';
  /** With `identity`: below this topic only the user whose name is the next level may publish. Default `mqttspec-identity`. */
  readonly ownTopics?: string;
  /** Certificates of the listener that only faults show, by the value of `tls.certificate`. */
  readonly others?: Readonly<Record<string, CertificateWithKey>>;
}
