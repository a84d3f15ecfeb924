import { describe, expect, it } from 'vitest';
import { sha1 } from '#io';
import { acceptKey } from './accept-key.ts';
import { parseHead } from './http-head-reader.ts';
import { judgeUpgradeResponse, type SentUpgrade, type UpgradeAnswer } from './judge-upgrade.ts';
import { buildHttpResponse, buildUpgradeResponse, type UpgradeResponseOptions } from './upgrade-response.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = acceptKey(KEY, sha1);

function judge(options: Partial<UpgradeResponseOptions>, sent: Partial<SentUpgrade> = {}): UpgradeAnswer {
  const bytes = buildUpgradeResponse({ accept: ACCEPT, protocol: 'mqtt', ...options });
  return judgeUpgradeResponse(parseHead(bytes), { key: KEY, protocols: ['mqtt'], ...sent }, sha1);
}

const names = (answer: UpgradeAnswer): string[] => answer.violations.map((violation) => violation.name);

describe('judgeUpgradeResponse', () => {
  it('finds nothing wrong with a right answer', () => {
    expect(judge({})).toEqual({
      status: 101,
      reason: 'Switching Protocols',
      opened: true,
      protocol: 'mqtt',
      extensions: [],
      violations: [],
    });
    expect(judge({ headers: { upgrade: 'WEBSOCKET', connection: 'x, upgrade', 'X-More': '1' } }).violations).toEqual(
      [],
    );
    expect(judge({ startLine: 'HTTP/1.1 101 ' }).violations).toEqual([]);
    expect(judge({ startLine: 'HTTP/1.1 101' }).violations).toEqual([]);
  });

  it('reads a refusal', () => {
    const refusal = parseHead(buildHttpResponse({ status: 404 }));
    expect(judgeUpgradeResponse(refusal, { key: KEY, protocols: ['mqtt'] }, sha1)).toEqual({
      status: 404,
      reason: 'Not Found',
      opened: false,
      extensions: [],
      violations: [],
    });
  });

  it.each([
    [{ startLine: 'HTTP/1.0 101 x' }, ['answer.status-line']],
    [{ startLine: 'ICY 200 OK' }, ['answer.status-line']],
    [{ rawLines: ['nothing'] }, ['answer.malformed-field']],
    [{ rawLines: ['X : 1'] }, ['answer.malformed-field']],
    [{ headers: { Upgrade: null } }, ['answer.upgrade-header']],
    [{ headers: { Upgrade: 'h2c, websocket' } }, ['answer.upgrade-header']],
    [{ headers: { Connection: 'close' } }, ['answer.connection-header']],
    [{ headers: { 'Sec-WebSocket-Accept': null } }, ['answer.accept-key']],
    [{ accept: ACCEPT.toLowerCase() }, ['answer.accept-key']],
    [{ headers: { 'Sec-WebSocket-Accept': [ACCEPT, ACCEPT] } }, ['answer.header-twice']],
    [{ headers: { 'Sec-WebSocket-Protocol': null } }, ['subprotocol.not-selected']],
    [{ protocol: 'MQTT' }, ['subprotocol.not-offered', 'subprotocol.not-selected']],
    [{ protocol: 'mqtt, mqtt' }, ['subprotocol.not-offered', 'subprotocol.not-selected']],
    [{ extensions: 'permessage-deflate' }, ['extension.not-offered']],
    [{ extensions: ';' }, ['extension.malformed']],
  ])('finds %j wrong', (options, expected) => {
    expect(names(judge(options))).toEqual(expected);
  });

  it.each([
    [[], 'mqtt', ['subprotocol.invented']],
    [[], undefined, []],
    [['foo'], 'foo', ['subprotocol.unknown-echoed']],
    [['foo'], undefined, []],
    [['foo'], 'mqtt', ['subprotocol.not-offered']],
    [['foo', 'mqtt'], 'mqtt', []],
    [['foo', 'mqtt'], 'foo', ['subprotocol.unknown-echoed', 'subprotocol.not-selected']],
    [['mqttv3.1'], 'mqttv3.1', []],
    [['MQTT'], 'MQTT', []],
  ])('offered %j, selected %s', (protocols, selected, expected) => {
    const options = selected === undefined ? { headers: { 'Sec-WebSocket-Protocol': null } } : { protocol: selected };
    expect(names(judge(options, { protocols }))).toEqual(expected);
  });

  it.each([
    ['permessage-deflate', 'permessage-deflate', []],
    ['permessage-deflate; server_max_window_bits=10', 'permessage-deflate; server_max_window_bits=9', []],
    ['permessage-deflate; server_max_window_bits=10', 'permessage-deflate', ['deflate.server-window']],
    [
      'permessage-deflate; server_max_window_bits=10',
      'permessage-deflate; server_max_window_bits=11',
      ['deflate.server-window'],
    ],
    [
      'permessage-deflate; server_max_window_bits=10, permessage-deflate',
      'permessage-deflate; server_max_window_bits=11',
      [],
    ],
    ['permessage-deflate', 'permessage-deflate; client_max_window_bits=9', ['deflate.client-window-unoffered']],
    ['permessage-deflate; client_max_window_bits', 'permessage-deflate; client_max_window_bits=9', []],
    [
      'permessage-deflate; client_max_window_bits=9',
      'permessage-deflate; client_max_window_bits=10',
      ['deflate.illegal'],
    ],
    ['permessage-deflate; server_no_context_takeover', 'permessage-deflate', ['deflate.server-takeover']],
    ['permessage-deflate; client_max_window_bits', 'permessage-deflate; client_max_window_bits', ['deflate.illegal']],
    ['permessage-deflate', 'permessage-deflate; foo', ['deflate.illegal']],
    ['permessage-deflate', 'permessage-deflate, permessage-deflate', ['deflate.illegal']],
    ['x-foo, permessage-deflate', 'x-foo', ['extension.unknown']],
  ])('offered %s, answered %s', (extensions, answered, expected) => {
    expect(names(judge({ extensions: answered }, { extensions }))).toEqual(expected);
  });

  it('tells what was agreed', () => {
    const extensions = 'permessage-deflate; client_max_window_bits';
    const answered =
      'permessage-deflate; client_max_window_bits=9; server_max_window_bits=12; client_no_context_takeover';
    expect(judge({ extensions: answered }, { extensions }).deflate).toEqual({
      serverNoContextTakeover: false,
      clientNoContextTakeover: true,
      serverMaxWindowBits: 12,
      clientMaxWindowBits: 9,
    });
  });
});
