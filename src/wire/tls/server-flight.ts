/** What a server answers to a ClientHello, as far as it is plain: its hello, its chain (TLS 1.2), alerts. */
import { parseAlert, type TlsAlert } from './alert.ts';
import { parseCertificates } from './certificate.ts';
import { HandshakeReader, HANDSHAKE_TYPES, type HandshakeMessage } from './handshake.ts';
import { TlsFormatError } from './octets.ts';
import { CONTENT_TYPES, RECORD_LIMITS, TlsRecordReader, type TlsRecord } from './records.ts';
import { isTls13, parseServerHello, type ServerHello } from './server-hello.ts';

export class ServerFlight {
  readonly #records = new TlsRecordReader();
  readonly #handshake = new HandshakeReader();
  readonly alerts: TlsAlert[] = [];
  /** Types of plain handshake messages, in order. */
  readonly messages: number[] = [];
  hello: ServerHello | undefined;
  /** DER, as sent; undefined: none came in the plain. */
  certificates: readonly Uint8Array[] | undefined;
  /** What is no TLS, or breaks its format. Nothing is read behind it. */
  violation: string | undefined;

  /** Reads on; gives the records that became whole. Never throws. */
  push(bytes: Uint8Array): TlsRecord[] {
    const whole: TlsRecord[] = [];
    for (const event of this.#records.push(bytes)) {
      if (this.violation !== undefined) break;
      if (event.kind === 'violation') this.violation = event.message;
      else {
        whole.push(event.record);
        this.read(event.record);
      }
    }
    return whole;
  }

  /** Nothing more comes in the plain: the flight is whole, or it ended. */
  get complete(): boolean {
    if (this.violation !== undefined || this.fatal !== undefined) return true;
    if (this.hello === undefined) return false;
    return isTls13(this.hello) || this.messages.includes(HANDSHAKE_TYPES.serverHelloDone);
  }

  get fatal(): TlsAlert | undefined {
    return this.alerts.find(({ level }) => level === 'fatal');
  }

  private read({ type, fragment }: TlsRecord): void {
    try {
      if (type === CONTENT_TYPES.alert) this.alerts.push(parseAlert(fragment));
      else if (type === CONTENT_TYPES.handshake) this.readHandshake(fragment);
      else if (type === CONTENT_TYPES.applicationData && (this.hello === undefined || !isTls13(this.hello)))
        this.violation = 'application data in the middle of a handshake';
    } catch (error) {
      if (!(error instanceof TlsFormatError)) throw error;
      this.violation = error.message;
    }
  }

  private readHandshake(fragment: Uint8Array): void {
    if (fragment.length > RECORD_LIMITS.plain)
      throw new TlsFormatError(`a plain record of ${fragment.length} octets (at most ${RECORD_LIMITS.plain})`);
    for (const event of this.#handshake.push(fragment)) {
      if (event.kind === 'too-large') throw new TlsFormatError(`a handshake message of ${event.announced} octets`);
      this.message(event.message);
    }
  }

  private message({ type, body }: HandshakeMessage): void {
    this.messages.push(type);
    if (type === HANDSHAKE_TYPES.serverHello) this.hello ??= parseServerHello(body);
    if (type === HANDSHAKE_TYPES.certificate) this.certificates ??= parseCertificates(body);
  }
}
