import { describe, expect, it } from 'vitest';
import { nodeCompression } from '#io';
import { negotiateDeflate } from './deflate-negotiation.ts';
import { formatExtensions, parseExtensions } from './extensions.ts';
import { PerMessageDeflate, type DeflateAgreement } from './per-message-deflate.ts';
import { bytesOf, hexOf } from './testing/hex.ts';

describe('Sec-WebSocket-Extensions', () => {
  it.each([
    ['a', 'a'],
    ['a;b', 'a; b'],
    ['a ; b = 1 ,, c;d="e"', 'a; b=1, c; d=e'],
    ['a; b="\\x\\y"', 'a; b=xy'],
    ['a; b; b=2', 'a; b; b=2'],
  ])('reads %s', (text, formatted) => {
    expect(formatExtensions(parseExtensions(text) ?? [])).toBe(formatted);
  });

  it.each([
    '',
    ',',
    ';',
    'a;',
    'a;;b',
    'a b',
    'a; b=',
    'a; =b',
    'a; b="',
    'a; b="c d"',
    'a; b=""',
    'a; b=c d',
    'a;b=",c"',
  ])('refuses %j', (text) => {
    expect(parseExtensions(text)).toBeUndefined();
  });
});

describe('negotiateDeflate', () => {
  const answer = (offers: string, policy = {}): string | undefined => {
    const { answer: element } = negotiateDeflate(parseExtensions(offers) ?? [], policy);
    return element === undefined ? undefined : formatExtensions([element]).replace('permessage-deflate', 'D');
  };

  it.each([
    ['permessage-deflate', {}, 'D'],
    ['foo', {}, undefined],
    ['foo, permessage-deflate', {}, 'D'],
    ['permessage-deflate; server_max_window_bits=15', {}, 'D; server_max_window_bits=15'],
    ['permessage-deflate; server_max_window_bits=8', {}, 'D; server_max_window_bits=8'],
    ['permessage-deflate; server_max_window_bits=12', { serverMaxWindowBits: 10 }, 'D; server_max_window_bits=10'],
    ['permessage-deflate', { serverMaxWindowBits: 10 }, 'D; server_max_window_bits=10'],
    ['permessage-deflate', { clientMaxWindowBits: 10 }, 'D'],
    ['permessage-deflate; client_max_window_bits', {}, 'D'],
    ['permessage-deflate; client_max_window_bits', { clientMaxWindowBits: 10 }, 'D; client_max_window_bits=10'],
    ['permessage-deflate; client_max_window_bits=9', { clientMaxWindowBits: 10 }, 'D; client_max_window_bits=9'],
    ['permessage-deflate; server_no_context_takeover', {}, 'D; server_no_context_takeover'],
    ['permessage-deflate; client_no_context_takeover', {}, 'D'],
    ['permessage-deflate', { clientNoContextTakeover: true }, 'D; client_no_context_takeover'],
    ['permessage-deflate; foo', {}, undefined],
    ['permessage-deflate; foo, permessage-deflate', {}, 'D'],
    ['permessage-deflate; server_max_window_bits', {}, undefined],
    ['permessage-deflate; server_max_window_bits=7', {}, undefined],
    ['permessage-deflate; server_max_window_bits=16', {}, undefined],
    ['permessage-deflate; server_max_window_bits=08', {}, undefined],
    ['permessage-deflate; client_max_window_bits=x', {}, undefined],
    ['permessage-deflate; server_no_context_takeover=1', {}, undefined],
    ['permessage-deflate; client_max_window_bits; client_max_window_bits', {}, undefined],
  ])('answers %s %j', (offers, policy, expected) => {
    expect(answer(offers, policy)).toBe(expected);
  });

  it('says why an offer was declined, and can be told to let it pass', () => {
    const offers = parseExtensions('permessage-deflate; foo; server_max_window_bits=7; server_max_window_bits=9') ?? [];
    expect(negotiateDeflate(offers).declined.map((problem) => problem.requirements)).toEqual([
      ['ws/deflate/unknown-parameter'],
      ['ws/deflate/bad-value'],
    ]);
    expect(negotiateDeflate(offers, {}, () => true).agreement).toMatchObject({ serverMaxWindowBits: 9 });
    const twice = parseExtensions('permessage-deflate; client_no_context_takeover; client_no_context_takeover') ?? [];
    expect(negotiateDeflate(twice).declined).toMatchObject([{ requirements: ['ws/deflate/repeated-parameter'] }]);
  });
});

describe('PerMessageDeflate', () => {
  const agreed: DeflateAgreement = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: 15,
    clientMaxWindowBits: 15,
  };
  const hello = bytesOf('48656c6c6f');

  it('writes the examples of RFC 7692 §7.2.3', () => {
    const client = new PerMessageDeflate(nodeCompression, agreed, 'client');
    expect(hexOf(client.compress(hello))).toBe('f248cdc9c90700');
    expect(hexOf(client.compress(hello))).toBe('f200110000');
    expect(hexOf(client.compress(bytesOf('')))).toBe('00');
  });

  it.each([
    ['f248cdc9c90700', 'one block'],
    ['000500faff48656c6c6f00', 'no compression'],
    ['f348cdc9c9070000', 'BFINAL'],
    ['f24805000000ffffcac9c90700', 'two blocks'],
  ])('reads %s (%s)', (hex) => {
    const server = new PerMessageDeflate(nodeCompression, agreed, 'server');
    expect(server.decompress(bytesOf(hex), 5)).toEqual(hello);
    expect(server.decompress(bytesOf('00'), 0)).toEqual(bytesOf(''));
  });

  it('forgets where a side agreed to', () => {
    const forgetful = { ...agreed, clientNoContextTakeover: true };
    const client = new PerMessageDeflate(nodeCompression, forgetful, 'client');
    const server = new PerMessageDeflate(nodeCompression, forgetful, 'server');
    const [one, two] = [client.compress(hello), client.compress(hello)];
    expect(two).toEqual(one);
    expect(server.decompress(one, 5)).toEqual(hello);
    expect(() => server.decompress(bytesOf('f200110000'), 5)).toThrow('DEFLATE');
    expect(hexOf(server.compress(hello))).not.toBe(hexOf(server.compress(hello)));
  });

  it('takes the window of the right side', () => {
    const seen: string[] = [];
    const port = {
      deflater: (bits: number) => (seen.push(`out ${bits}`), nodeCompression.deflater(bits)),
      inflater: (bits: number) => (seen.push(`in ${bits}`), nodeCompression.inflater(bits)),
    };
    const uneven = { ...agreed, serverMaxWindowBits: 9, clientMaxWindowBits: 12 };
    void [new PerMessageDeflate(port, uneven, 'server'), new PerMessageDeflate(port, uneven, 'client')];
    expect(seen).toEqual(['out 9', 'in 12', 'out 12', 'in 9']);
  });
});
