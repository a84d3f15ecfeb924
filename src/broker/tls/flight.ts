/** Changes the plain flight of a handshake of TLS 1.2 as it leaves; whoever finishes the handshake would notice. */
import {
  CONTENT_TYPES,
  downgradeMark,
  encodeAlert,
  encodeCertificates,
  encodeHandshake,
  encodeRecord,
  encodeServerHello,
  EXTENSIONS,
  HANDSHAKE_TYPES,
  HandshakeReader,
  isTls13,
  parseCertificates,
  parseServerHello,
  TlsRecordReader,
  type HandshakeMessage,
  type ServerHello,
  type TlsRecord,
} from '#wire';
import type { DecisionValue } from '../decisions.ts';

export type FlightChange = Exclude<DecisionValue<'tls.flight'>, 'as-it-is'>;

const HELLO_CHANGES: { readonly [C in FlightChange]?: (hello: ServerHello) => ServerHello } = {
  'no-downgrade-mark': (hello) =>
    downgradeMark(hello) === undefined
      ? hello
      : { ...hello, random: hello.random.map((octet, at) => (at < 24 ? octet : 1)) },
  'no-renegotiation-info': (hello) => without(hello, EXTENSIONS.renegotiationInfo),
  'no-extended-master-secret': (hello) => without(hello, EXTENSIONS.extendedMasterSecret),
  compression: (hello) => ({ ...hello, compressionMethod: 1 }),
};

const without = (hello: ServerHello, id: number): ServerHello => ({
  ...hello,
  extensions: hello.extensions.filter((extension) => extension.id !== id),
});

export class FlightChanger {
  readonly #change: FlightChange;
  readonly #warns: boolean;
  readonly #records = new TlsRecordReader();
  readonly #messages = new HandshakeReader();
  #over = false;
  #begun = false;

  /** `named`: the client named a host that is none of the listener's. */
  constructor(change: FlightChange, named: boolean) {
    this.#change = change;
    this.#warns = change === 'warns-of-names' && named;
  }

  /** What leaves instead of these octets. */
  leaving(bytes: Uint8Array): Uint8Array {
    if (this.#over && this.#records.pending === 0) return bytes;
    const parts: Uint8Array[] = [];
    for (const event of this.#records.push(bytes)) {
      if (event.kind === 'violation') parts.push(event.bytes);
      else parts.push(...this.#record(event.record));
    }
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  }

  #record(record: TlsRecord): Uint8Array[] {
    if (this.#over || record.type !== CONTENT_TYPES.handshake) {
      this.#over = true;
      return [encodeRecord(record)];
    }
    const { version } = record;
    const ahead: Uint8Array[] = [];
    if (!this.#begun && this.#warns) {
      const fragment = encodeAlert({ level: 'warning', description: 112 });
      ahead.push(encodeRecord({ type: CONTENT_TYPES.alert, version, fragment }));
    }
    this.#begun = true;
    const messages = this.#messages
      .push(record.fragment)
      .flatMap((event) => (event.kind === 'message' ? [event.message] : []));
    return [
      ...ahead,
      ...messages.map((message) => encodeRecord({ type: record.type, version, fragment: this.#message(message) })),
    ];
  }

  #message(message: HandshakeMessage): Uint8Array {
    if (message.type === HANDSHAKE_TYPES.serverHelloDone) this.#over = true;
    if (message.type === HANDSHAKE_TYPES.serverHello) {
      const hello = parseServerHello(message.body);
      if (isTls13(hello)) this.#over = true;
      else return encodeServerHello(HELLO_CHANGES[this.#change]?.(hello) ?? hello);
    }
    if (message.type === HANDSHAKE_TYPES.certificate)
      return encodeCertificates(this.#chain(parseCertificates(message.body)));
    return encodeHandshake(message);
  }

  #chain(chain: readonly Uint8Array[]): readonly Uint8Array[] {
    if (this.#change === 'reversed-chain') return chain.toReversed();
    return this.#change === 'no-signature-usage' ? chain.map(withoutSignatureUsage) : chain;
  }
}

/** 2.5.29.15, and the bits behind it. */
const KEY_USAGE = [0x06, 0x03, 0x55, 0x1d, 0x0f] as const;
const KEY_ENCIPHERMENT = 0x20;

function withoutSignatureUsage(der: Uint8Array): Uint8Array {
  const at = der.findIndex((_, start) => KEY_USAGE.every((octet, index) => der[start + index] === octet));
  if (at < 0) return der;
  const changed = der.slice();
  const bits = changed.findIndex(
    (octet, index) => index > at + KEY_USAGE.length && octet === 0x03 && changed[index + 1] === 0x02,
  );
  changed[bits + 2] = 5;
  changed[bits + 3] = KEY_ENCIPHERMENT;
  return changed;
}
