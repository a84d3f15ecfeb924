import type { Connack } from '../packets.ts';
import { isReasonCode } from '../reason-codes.ts';
import { hex, type Decoding } from './decoding.ts';
import { readProperties } from './properties.ts';

/** §3.2. */
export function readConnack(d: Decoding): Connack {
  const at = d.at;
  const flags = d.u8('flags');
  if (flags > 1) d.fail('connack.reserved-flags', at, `connect acknowledge flags are ${hex(flags)}`);
  const sessionPresent = (flags & 1) !== 0;
  const reasonCode = d.u8('reason-code');
  if (!isReasonCode('CONNACK', d.version, reasonCode)) {
    d.fail('reason-code.not-in-table', at + 1, `CONNACK has no code ${hex(reasonCode)}`);
  }
  if (sessionPresent && reasonCode !== 0) {
    d.fail('connack.session-present-refused', at, `session present is 1 with code ${hex(reasonCode)}`);
  }
  const properties = d.version === '5.0' ? readProperties(d, 'CONNACK') : undefined;
  return properties === undefined
    ? { type: 'CONNACK', sessionPresent, reasonCode }
    : { type: 'CONNACK', sessionPresent, reasonCode, properties };
}
