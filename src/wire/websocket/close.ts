import { decodeUtf8, encodeUtf8, utf8Problem } from '../utf8.ts';
import { frameViolation, type Endpoint, type FrameViolation } from './frame-rules.ts';

/** RFC 6455 §7.4.1 and the IANA registry: the status codes that an endpoint may send. */
export const CLOSE_CODES = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1007: 'invalid payload',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'mandatory extension',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
} as const;

export type CloseCode = keyof typeof CLOSE_CODES;

export interface CloseBody {
  /** Absent in a Close without body. */
  readonly code?: number;
  readonly reason: string;
}

/** True for a code that may stand in a Close frame: a registered one, or 3000 to 4999 (RFC 6455 §7.4.2). */
export function isSendableCloseCode(code: number): boolean {
  return code in CLOSE_CODES || (code >= 3000 && code <= 4999);
}

/** The body of a Close frame, right or wrong. Without a code there is no body. */
export function encodeCloseBody(code?: number, reason: string | Uint8Array = ''): Uint8Array {
  if (code === undefined) return new Uint8Array(0);
  const bytes = typeof reason === 'string' ? encodeUtf8(reason) : reason;
  const body = new Uint8Array(2 + bytes.length);
  new DataView(body.buffer).setUint16(0, code);
  body.set(bytes, 2);
  return body;
}

/** The body of a Close frame, with all that is wrong with it. */
export function decodeCloseBody(
  body: Uint8Array,
  from: Endpoint,
): { readonly close: CloseBody; readonly violations: readonly FrameViolation[] } {
  if (body.length === 0) return { close: { reason: '' }, violations: [] };
  if (body.length === 1) {
    const violation = frameViolation('close.body-1-byte', from, 2, 'the body of a Close has one byte');
    return { close: { reason: '' }, violations: [violation] };
  }
  const violations: FrameViolation[] = [];
  const code = ((body[0] as number) << 8) | (body[1] as number);
  if (!isSendableCloseCode(code)) {
    violations.push(frameViolation('close.code-invalid', from, 2, `status code ${code} must not stand in a Close`));
  }
  let reason = '';
  if (utf8Problem(body, 2, body.length, true) === undefined) reason = decodeUtf8(body, 2);
  else violations.push(frameViolation('close.reason-not-utf8', from, 4, 'the reason of a Close is not UTF-8'));
  return { close: { code, reason }, violations };
}
