/** One line for a transcript. */
import { alertName, parseAlert } from './alert.ts';
import { cipherSuiteName } from './cipher-suites.ts';
import { CONTENT_TYPES, tlsVersionName, type TlsRecord } from './records.ts';
import { agreedVersion, type ServerHello } from './server-hello.ts';

const KINDS: Readonly<Record<number, string>> = {
  [CONTENT_TYPES.changeCipherSpec]: 'ChangeCipherSpec',
  [CONTENT_TYPES.alert]: 'alert',
  [CONTENT_TYPES.handshake]: 'handshake',
  [CONTENT_TYPES.applicationData]: 'application data',
};

/** `alert fatal 40 handshake_failure`; `record: handshake, TLS 1.2, 512 bytes`. */
export function describeRecord({ type, version, fragment }: TlsRecord): string {
  if (type === CONTENT_TYPES.alert && fragment.length === 2) {
    const { level, description } = parseAlertOr(fragment);
    return `alert ${level} ${description} ${alertName(description)}`;
  }
  return `record: ${KINDS[type] ?? `type ${type}`}, ${tlsVersionName(version)}, ${fragment.length} bytes`;
}

function parseAlertOr(fragment: Uint8Array): { level: string; description: number } {
  const [level = 0, description = 0] = fragment;
  return level === 1 || level === 2 ? parseAlert(fragment) : { level: `level ${level}`, description };
}

/** `TLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256`. */
export const describeServerHello = (hello: ServerHello): string =>
  `${tlsVersionName(agreedVersion(hello))}, ${cipherSuiteName(hello.cipherSuite)}`;
