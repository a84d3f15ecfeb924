import { describe, expect, it } from 'vitest';
import { nodeCompression, sha1 } from '#io';
import { requirement } from '#spec';
import { acceptKey } from './accept-key.ts';
import { ANSWER_RULES, type AnswerViolationName } from './answer-rules.ts';
import { FrameReader } from './frame-reader.ts';
import { FRAME_RULES, type Endpoint, type FrameViolation, type FrameViolationName } from './frame-rules.ts';
import { parseHead } from './http-head-reader.ts';
import { judgeUpgradeResponse } from './judge-upgrade.ts';
import { MessageAssembler } from './message-assembler.ts';
import { parseUpgradeRequest } from './parse-upgrade.ts';
import { PerMessageDeflate } from './per-message-deflate.ts';
import { REQUEST_RULES, requestViolation, type RequestViolationName } from './request-rules.ts';
import { bytesOf, hexOf } from './testing/hex.ts';
import { buildUpgradeRequest, type UpgradeRequestOptions } from './upgrade-request.ts';
import { buildUpgradeResponse, type UpgradeResponseOptions } from './upgrade-response.ts';

const LIMIT = 1000;
const M = '00000000';

/** A frame that inflates to more than the limit. */
function bomb(): Uint8Array {
  const deflated = nodeCompression.deflater(15).deflate(new Uint8Array(LIMIT + 1));
  const payload = deflated.subarray(0, deflated.length - 4);
  return Uint8Array.of(0xc2, payload.length, ...payload);
}

/** For each rule who breaks it, and by which bytes. The bytes before the last group are right. */
const FRAMES: Readonly<Record<FrameViolationName, readonly [from: Endpoint, hex: string, deflate?: 'deflate']>> = {
  'frame.rsv1': ['client', `c280${M}`],
  'frame.rsv2': ['client', `a280${M}`],
  'frame.rsv3': ['client', `9280${M}`],
  'frame.reserved-data-opcode': ['client', `8780${M}`],
  'frame.reserved-control-opcode': ['client', `8b80${M}`],
  'frame.unmasked': ['client', '8200'],
  'frame.masked': ['server', `8280${M}`],
  'frame.length-not-minimal': ['client', `82fe0001${M}aa`],
  'frame.length-msb': ['client', `82ff8000000000000001${M}aa`],
  'frame.too-large': ['client', `82fe03e9${M}`],
  'control.too-long': ['client', '89fe'],
  'control.fragmented': ['client', `0980${M}`],
  'close.too-long': ['client', '88fe'],
  'close.fragmented': ['client', `0880${M}`],
  'close.body-1-byte': ['client', `8881${M}03`],
  'close.code-invalid': ['client', `8882${M}0000`],
  'close.reason-not-utf8': ['client', `8883${M}03e8ff`],
  'fragment.orphan-continuation': ['client', `8080${M}`],
  'fragment.binary-inside': ['client', `0280${M} 8280${M}`],
  'fragment.text-inside': ['client', `0280${M} 8180${M}`],
  'message.too-large': ['server', `027e0300${'00'.repeat(768)} 007e0300${'00'.repeat(768)}`],
  'message.not-utf8': ['client', `8181${M}ff`],
  'deflate.rsv1-control': ['client', `c980${M}`, 'deflate'],
  'deflate.rsv1-continuation': ['client', `0280${M} c080${M}`, 'deflate'],
  'deflate.corrupt': ['client', `c281${M}ff`, 'deflate'],
  'deflate.too-large': ['server', hexOf(bomb()), 'deflate'],
};

function violationsOf(from: Endpoint, bytes: Uint8Array, withDeflate: boolean, tolerated?: string): FrameViolation[] {
  const tolerate = (violation: FrameViolation): boolean => violation.name === tolerated;
  const agreement = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: 15,
    clientMaxWindowBits: 15,
  };
  const role = from === 'client' ? 'server' : 'client';
  const deflate = new PerMessageDeflate(nodeCompression, agreement, role);
  const reader = new FrameReader({ from, deflate: withDeflate, maximumPayload: LIMIT, tolerate });
  const assembler = new MessageAssembler({
    from,
    maximumMessage: LIMIT,
    tolerate,
    ...(withDeflate ? { deflate } : {}),
  });
  return reader.push(bytes).flatMap((event) => {
    if (event.kind === 'violation') return [event.violation];
    const message = assembler.push(event.frame);
    return message?.kind === 'violation' ? [message.violation] : [];
  });
}

describe('rules of frames', () => {
  it.each(Object.entries(FRAMES))('%s is found, and can be waived', (name, [from, hex, deflate]) => {
    const bytes = bytesOf(hex);
    const [violation] = violationsOf(from, bytes, deflate !== undefined);
    expect(violation?.name).toBe(name);
    expect(violation?.requirements).toBe(FRAME_RULES[name as FrameViolationName][from]);
    expect(violationsOf(from, bytes, deflate !== undefined, name)).toEqual([]);
  });

  it('break requirements that exist, on the side that can break them', () => {
    for (const [name, rule] of Object.entries(FRAME_RULES)) {
      for (const key of [...rule.client, ...rule.server]) expect(requirement(key).key).toBe(key);
      expect(rule.client.length + rule.server.length, name).toBeGreaterThan(0);
    }
  });
});

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

const REQUESTS: Readonly<
  Record<Exclude<RequestViolationName, 'request.not-http' | 'request.too-large'>, Partial<UpgradeRequestOptions>>
> = {
  'request.line': { target: 'no/path' },
  'request.bare-lf': { lineEnd: '\n' },
  'request.malformed-field': { rawLines: ['nothing'] },
  'request.space-before-colon': { headers: { Upgrade: null }, rawLines: ['Upgrade : websocket'] },
  'request.folded-field': { rawLines: ['X: 1', ' 2'] },
  'request.http-version': { httpVersion: 'HTTP/1.0' },
  'request.method': { method: 'POST' },
  'request.host-missing': { headers: { Host: null } },
  'request.host-twice': { headers: { Host: ['a', 'b'] } },
  'request.upgrade-missing': { headers: { Upgrade: 'h2c' } },
  'request.connection-missing': { headers: { Connection: 'keep-alive' } },
  'request.version-missing': { headers: { 'Sec-WebSocket-Version': null } },
  'request.version-other': { version: '12' },
  'request.version-twice': { version: '13, 12' },
  'request.key-missing': { headers: { 'Sec-WebSocket-Key': null } },
  'request.key-twice': { headers: { 'Sec-WebSocket-Key': [KEY, KEY] } },
  'request.key-not-base64': { key: '!GhlIHNhbXBsZSBub25jZQ==' },
  'request.key-short': { key: 'AAAAAAAAAAA=' },
  'subprotocol.empty': { headers: { 'Sec-WebSocket-Protocol': '' } },
  'subprotocol.malformed': { protocols: ['m qtt'] },
  'subprotocol.repeated': { protocols: ['mqtt', 'mqtt'] },
  'extension.malformed': { extensions: 'a;;b' },
};

describe('rules of the request', () => {
  it.each(Object.entries(REQUESTS))('%s is found, and can be waived', (name, options) => {
    const head = parseHead(buildUpgradeRequest({ host: 'a', key: KEY, ...options }));
    const { violation } = parseUpgradeRequest(head);
    expect(violation?.name).toBe(name);
    expect(violation?.requirements).toBe(REQUEST_RULES[name as RequestViolationName].requirements);
    const waived = parseUpgradeRequest(head, { tolerate: (violation) => violation.name === name });
    expect(waived.request).toBeDefined();
    expect('tolerated' in waived && waived.tolerated.map((each) => each.name)).toEqual([name]);
  });

  it('break requirements that exist', () => {
    for (const rule of Object.values(REQUEST_RULES)) {
      for (const key of rule.requirements) expect(requirement(key).key).toBe(key);
    }
  });

  it('say which fields the refusal needs', () => {
    expect(requestViolation('request.version-other', 'x').fields).toEqual({ 'Sec-WebSocket-Version': '13' });
    expect(requestViolation('request.too-large', 'x')).toMatchObject({ status: 431, fields: {} });
  });
});

const ANSWERS: Readonly<Record<AnswerViolationName, readonly [Partial<UpgradeResponseOptions>, offer?: string]>> = {
  'answer.status-line': [{ startLine: 'HTTP/1.0 101 x' }],
  'answer.malformed-field': [{ rawLines: ['nothing'] }],
  'answer.upgrade-header': [{ headers: { Upgrade: null } }],
  'answer.connection-header': [{ headers: { Connection: null } }],
  'answer.accept-key': [{ accept: 'x' }],
  'answer.header-twice': [{ rawLines: ['sec-websocket-accept: x'] }],
  'subprotocol.not-selected': [{}],
  'subprotocol.invented': [{ protocol: 'mqtt' }],
  'subprotocol.not-offered': [{ protocol: 'x' }],
  'subprotocol.unknown-echoed': [{ protocol: 'foo' }],
  'extension.malformed': [{ extensions: '=' }],
  'extension.not-offered': [{ extensions: 'permessage-deflate' }],
  'extension.unknown': [{ extensions: 'foo' }, 'foo'],
  'deflate.illegal': [{ extensions: 'permessage-deflate; x' }, 'permessage-deflate'],
  'deflate.client-window-unoffered': [
    { extensions: 'permessage-deflate; client_max_window_bits=9' },
    'permessage-deflate',
  ],
  'deflate.server-window': [{ extensions: 'permessage-deflate' }, 'permessage-deflate; server_max_window_bits=9'],
  'deflate.server-takeover': [{ extensions: 'permessage-deflate' }, 'permessage-deflate; server_no_context_takeover'],
};

const OFFERED: Readonly<Partial<Record<AnswerViolationName, readonly string[]>>> = {
  'subprotocol.not-selected': ['mqtt'],
  'subprotocol.not-offered': ['foo'],
  'subprotocol.unknown-echoed': ['foo'],
};

describe('rules of the answer', () => {
  it.each(Object.entries(ANSWERS))('%s is found, and nothing else', (name, [options, extensions]) => {
    const head = parseHead(buildUpgradeResponse({ accept: acceptKey(KEY, sha1), ...options }));
    const protocols = OFFERED[name as AnswerViolationName] ?? [];
    const sent = { key: KEY, protocols, ...(extensions === undefined ? {} : { extensions }) };
    const { violations } = judgeUpgradeResponse(head, sent, sha1);
    expect(violations.map((violation) => violation.name)).toEqual([name]);
    for (const key of ANSWER_RULES[name as AnswerViolationName]) expect(requirement(key).key).toBe(key);
  });
});
