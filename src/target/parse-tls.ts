import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { TargetError } from './target-error.ts';
import type { TlsMaterial } from './target.ts';

/** Contents of files, not paths. */
export interface TlsInput {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  readonly pfx?: Uint8Array;
  readonly servername?: string;
  /** Takes any certificate of the server. Default false. */
  readonly insecure?: boolean;
}

/** Checks that the material can be used at all, so that a wrong file is told apart from a refusing broker. */
export function parseTls(input: TlsInput): TlsMaterial {
  const { insecure = false, ...material } = input;
  for (const ca of input.ca ?? []) needPem(ca, 'CERTIFICATE', 'the CA file', '--cacert ca.pem');
  if (input.cert !== undefined) needPem(input.cert, 'CERTIFICATE', 'the certificate file', '--cert client.pem');
  if (input.key !== undefined) needPem(input.key, 'PRIVATE KEY', 'the key file', '--key client.key');
  if ((input.cert === undefined) !== (input.key === undefined)) {
    const [given, absent] = input.cert === undefined ? ['key', 'certificate'] : ['certificate', 'key'];
    const what = `the client's ${given} was given without its ${absent}`;
    throw new TargetError('TARGET_TLS', what, 'give both', '--cert client.pem --key client.key');
  }
  if (input.pfx !== undefined && input.cert !== undefined) {
    const what = 'the client certificate was given twice, as PFX and as PEM';
    throw new TargetError('TARGET_TLS', what, 'give one of them', '--pfx client.p12');
  }
  useOnce(material);
  return { ...material, verify: !insecure };
}

function needPem(text: string, label: string, what: string, example: string): void {
  if (new RegExp(`-----BEGIN [A-Z0-9 ]*${label}-----`).test(text)) return;
  throw new TargetError('TARGET_TLS', `${what} holds no PEM block "${label}"`, 'name a PEM file', example);
}

function useOnce(material: Omit<TlsInput, 'insecure'>): void {
  const { ca, cert, key, passphrase, pfx } = material;
  try {
    // OpenSSL passes over an authority that it can't read.
    for (const authority of ca ?? []) void new X509Certificate(authority);
    createSecureContext({
      ...(ca === undefined ? {} : { ca: [...ca] }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(pfx === undefined ? {} : { pfx: Buffer.from(pfx) }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice =
      'check that the files are whole, that key and certificate belong together and that the passphrase is right';
    throw new TargetError(
      'TARGET_TLS',
      `the TLS material can not be used (${reason})`,
      advice,
      '--cert client.pem --key client.key',
    );
  }
}
