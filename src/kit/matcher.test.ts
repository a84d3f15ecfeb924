import { describe, expect, it } from 'vitest';
import { absent, between, judgeField, oneOfValues, present, sameValue, show } from './matcher.ts';

describe('judgeField', () => {
  it('compares octets and lists by content', () => {
    expect(judgeField('payload', Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBeUndefined();
    expect(judgeField('payload', Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe('payload is 01 03, expected 01 02');
    expect(judgeField('userProperties', [['a', 'b']], [['a', 'b']])).toBeUndefined();
    expect(judgeField('userProperties', [['a', 'b']], [['a', 'c']])).toBe(
      'userProperties is [["a", "c"]], expected [["a", "b"]]',
    );
  });

  it('takes conditions', () => {
    expect(judgeField('reasonCode', oneOfValues(0x81, 0x82), 0x82)).toBeUndefined();
    expect(judgeField('reasonCode', oneOfValues(0x81, 0x82), undefined)).toBe(
      'reasonCode is absent, expected 129 or 130',
    );
    expect(judgeField('messageExpiryInterval', between(1, 3), 4)).toBe('messageExpiryInterval is 4, expected 1…3');
    expect(judgeField('topicAlias', absent, 1)).toBe('topicAlias is 1, expected absent');
    expect(judgeField('reasonString', present, 'why')).toBeUndefined();
    expect(judgeField('reasonString', present, undefined)).toBe('reasonString is absent, expected present');
  });
});

describe('show', () => {
  it('shortens what is long and says how long it was', () => {
    expect(show('x'.repeat(50))).toBe(`"${'x'.repeat(40)}…" (50)`);
    expect(show(new Uint8Array(20))).toBe(`${'00 '.repeat(16).trim()}… (20 bytes)`);
    expect(show(Uint8Array.of(104, 105))).toBe('"hi"');
  });
});

describe('sameValue', () => {
  it('knows octets of different length apart', () => {
    expect(sameValue(Uint8Array.of(1), Uint8Array.of(1, 1))).toBe(false);
  });
});
