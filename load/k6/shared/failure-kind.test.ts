import { expect, test } from 'vitest';
import { kindOfFailure } from './failure-kind.ts';

test.each([
  ['dial tcp 127.0.0.1:1: connect: connection refused', 'connect-refused'],
  ['websocket: bad handshake', 'upgrade-refused'],
  ['lookup nowhere.invalid: no such host', 'unknown-host'],
  ['tls: failed to verify certificate: x509: certificate signed by unknown authority', 'tls-failed'],
  ['dial tcp 192.0.2.1:80: i/o timeout', 'connect-timeout'],
  ['dial tcp 127.0.0.1:9001: connect: cannot assign requested address', 'no-port-left'],
  ['socket: too many open files', 'no-descriptor-left'],
  ['read: connection reset by peer', 'closed-early'],
  ['something else', 'connect-failed'],
])('%s: %s', (message, kind) => {
  expect(kindOfFailure(message, false)).toBe(kind);
  expect(kindOfFailure(message, true)).toBe('dropped');
});
