import { describe, expect, it } from 'vitest';
import { decodeCloseBody, encodeCloseBody, isSendableCloseCode } from './close.ts';
import { bytesOf, hexOf } from './testing/hex.ts';

describe('Close', () => {
  it('knows the codes that may be sent (RFC 6455 §7.4 and the IANA registry)', () => {
    const sendable = Array.from({ length: 65_536 }, (_, code) => code).filter(isSendableCloseCode);
    const registered = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
    expect(sendable).toEqual([...registered, ...Array.from({ length: 2000 }, (_, index) => 3000 + index)]);
  });

  it.each([
    [undefined, '', ''],
    [1000, '', '03e8'],
    [4999, 'ok', '13876f6b'],
    [1005, '', '03ed'],
    [1000, '∞', '03e8e2889e'],
    [1000, bytesOf('ff'), '03e8ff'],
  ])('encodes %s %s', (code, reason, hex) => {
    expect(hexOf(encodeCloseBody(code, reason))).toBe(hex);
  });

  it.each([
    ['', { reason: '' }, []],
    ['03', { reason: '' }, ['close.body-1-byte']],
    ['03e8', { code: 1000, reason: '' }, []],
    ['03e8e2889e', { code: 1000, reason: '∞' }, []],
    ['03e800', { code: 1000, reason: '\0' }, []],
    ['0000', { code: 0, reason: '' }, ['close.code-invalid']],
    ['03ed', { code: 1005, reason: '' }, ['close.code-invalid']],
    ['0bb7', { code: 2999, reason: '' }, ['close.code-invalid']],
    ['1388', { code: 5000, reason: '' }, ['close.code-invalid']],
    ['03e8ff', { code: 1000, reason: '' }, ['close.reason-not-utf8']],
    ['03eeeda080', { code: 1006, reason: '' }, ['close.code-invalid', 'close.reason-not-utf8']],
  ])('decodes %s', (hex, close, names) => {
    const decoded = decodeCloseBody(bytesOf(hex), 'server');
    expect(decoded.close).toEqual(close);
    expect(decoded.violations.map((violation) => violation.name)).toEqual(names);
  });

  it('answers a reason that is not UTF-8 by 1007', () => {
    const [violation] = decodeCloseBody(bytesOf('03e8ff'), 'client').violations;
    expect(violation).toMatchObject({ closeCode: 1007, requirements: ['ws/close/reason-not-utf8'], offset: 4 });
  });
});
