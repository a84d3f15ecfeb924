/** Alerts (RFC 8446 §6, RFC 5246 §7.2). */
import { TlsFormatError } from './octets.ts';

/** RFC 8446 §6, and what older versions know. */
const ALERTS: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  21: 'decryption_failed',
  22: 'record_overflow',
  30: 'decompression_failure',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  60: 'export_restriction',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  100: 'no_renegotiation',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** `handshake_failure`; an unknown one as such. */
export const alertName = (alert: number): string => ALERTS[alert] ?? 'unknown alert';

export interface TlsAlert {
  readonly level: 'warning' | 'fatal';
  readonly description: number;
}

/** A plain alert. Throws `TlsFormatError` where it is none, as a protected one looks. */
export function parseAlert(fragment: Uint8Array): TlsAlert {
  const [level, description] = fragment;
  if (fragment.length !== 2 || description === undefined || (level !== 1 && level !== 2))
    throw new TlsFormatError(`${fragment.length} octets that are no plain alert`);
  return { level: level === 1 ? 'warning' : 'fatal', description };
}

export const encodeAlert = ({ level, description }: TlsAlert): Uint8Array =>
  Uint8Array.of(level === 'warning' ? 1 : 2, description);
