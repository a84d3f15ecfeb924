/** Allowed ways of the WebSocket layer. */
import { encodeFrame, FrameReader, OPCODES, type Frame } from '#wire';
import type { VariantName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { refusal } from '../endpoint/responses.ts';
import { joined } from '../endpoint/gathered.ts';
import { answerRequests, on, refuseRequests, rewriteRequests } from '../faults/framing-tools.ts';

/** The codes by which the reference broker says an error of MQTT. */
const isError = (code: number): boolean => code === 1002 || code === 1008;

const closesWith = (code: number): Alteration => ({
  decide: { 'ws.close-code': (normal) => (isError(normal) ? code : normal) },
});

const QOS_0_PUBLISH = 0x30;

/** What came in one piece, without the messages in front of a Close frame. */
function withoutMessagesBeforeClose(bytes: Uint8Array): Uint8Array {
  // A request begins with a letter; a masked frame has FIN or an opcode in its first octet and the mask bit in its second.
  if ((bytes[1] ?? 0) < 0x80) return bytes;
  const reader = new FrameReader({ from: 'client' });
  const frames = reader.push(bytes).flatMap((event) => (event.kind === 'frame' ? [event.frame] : []));
  // A piece of a frame may look like anything.
  if (reader.pending > 0) return bytes;
  const close = frames.findIndex(({ opcode }) => opcode === OPCODES.close);
  const isLost = (frame: Frame, index: number): boolean =>
    index < close && ((frame.payload[0] ?? 0) & 0xf6) === QOS_0_PUBLISH;
  if (!frames.some(isLost)) return bytes;
  const kept = frames.filter((frame, index) => !isLost(frame, index)).map((frame) => encodeFrame(frame));
  return joined(
    kept,
    kept.reduce((sum, frame) => sum + frame.length, 0),
  );
}

export const WEBSOCKET = {
  'byte-per-frame': { decide: { 'ws.framing': () => 'byte' } },
  'packets-joined': { decide: { 'ws.gather': () => 5 } },
  'packet-per-frame': { decide: { 'ws.framing': () => 'packet' } },
  'fragmented-messages': { decide: { 'ws.framing': () => 'fragments' } },
  'connack-with-101': { decide: { 'ws.join-101': () => true } },
  'drops-early-frames': { decide: { 'ws.early-bytes': () => 'drop' } },
  'close-code-1000': closesWith(1000),
  'close-code-1003': closesWith(1003),
  'close-code-1008': closesWith(1008),
  'close-without-code': closesWith(0),
  'bare-fin-on-error': closesWith(-1),
  'pong-for-last-ping': { decide: { 'ws.pong': () => 'last' } },
  'sends-pings': {
    rewrite: (effect) =>
      effect.kind === 'frame-sent' && effect.frame.opcode === OPCODES.binary
        ? [{ ...effect, frame: { opcode: OPCODES.ping, payload: Uint8Array.of(0x70) } }, effect]
        : [effect],
  },
  'waits-for-huge-frames': { waive: ['frame.too-large'] },
  'waits-for-whole-messages': { decide: { 'ws.messages': () => 'whole' } },
  'refuses-repeated-masking-key': { decide: { 'ws.masking-key-again': () => 'fail' } },
  'pongs-after-close': {
    decide: { 'ws.tcp-after-close': () => 50 },
    ...on('frame-received', (effect) =>
      effect.frame.opcode === OPCODES.ping
        ? [{ ...effect, kind: 'frame-sent', frame: { opcode: OPCODES.pong, payload: effect.frame.payload } }]
        : [effect],
    ),
  },
  'answers-close-without-code': { decide: { 'ws.close-answer-code': () => 0 } },
  'waits-for-fin': { decide: { 'ws.tcp-after-close': () => 500 } },
  'loses-messages-before-close': on('bytes-received', (effect) => [
    { ...effect, bytes: withoutMessagesBeforeClose(effect.bytes) },
  ]),
  'resets-half-closed-connections': on('transport-end', (effect) => [
    effect.why === 'connection-lost' ? { ...effect, how: 'reset' } : effect,
  ]),
  'limits-upgrades': {
    ...on('http-response', (effect) => [
      effect.response.status === 101 ? { ...effect, response: refusal(503) } : effect,
    ]),
    when: (_about, nth) => nth > 500,
  },
  'keep-alive-by-octets': { decide: { 'keep-alive.by-octets': () => true } },
  'times-out-after-twice': { decide: { 'connect.keep-alive-limit': (normal) => (normal * 4) / 3 } },
  'refuses-version-with-400': { decide: { 'ws.refusal': (normal) => (normal === 426 ? 400 : normal) } },
  'declines-deflate': { decide: { 'ws.extensions': () => 'none' } },
  'deflate-limited': { decide: { 'ws.deflate': () => 'limited' } },
  'reads-first-offer-only': rewriteRequests((request) =>
    request.replace(/^(Sec-WebSocket-Extensions:[^,\r]*),[^\r]*/im, '$1'),
  ),
  'too-large-closed-with-1008': { decide: { 'ws.fail-code': (normal) => (normal === 1009 ? 1008 : normal) } },
  'refuses-upgrade-list': refuseRequests(/\r\nUpgrade:[^\r]*,/i),
  'refuses-query': refuseRequests(/^GET [^ ]*\?/, 404),
  'decodes-path': rewriteRequests((request) =>
    request.replace(/%([46][1-9A-F]|[57][0-9A])/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    ),
  ),
  'limits-requests': answerRequests((request) => request.length > 4096, 431),
  'serves-a-page': answerRequests((request) => /^(?:GET|HEAD) (?![^]*\r\nUpgrade *:)[^]*\r\n\r\n/i.test(request), 200),
  'keeps-connection-after-refusal': { decide: { 'ws.after-refusal': () => 'keep' } },
  'reads-proxy-line': rewriteRequests((request) => request.replace(/^PROXY [^\r]*\r\n/, '')),
  'short-limit-before-connect': {
    rewrite: (effect) => [
      effect.kind === 'timer-set' && effect.timer === 'connect' ? { ...effect, ms: 3_000 } : effect,
    ],
  },
  'admits-null-origin': rewriteRequests((request) => request.replace(/^Origin: null\r\n/im, '')),
  'serves-repeated-subprotocol': { waive: ['subprotocol.repeated'] },
  'serves-without-subprotocol': { decide: { 'ws.mqtt-not-offered': () => 'serve' } },
  'silent-without-subprotocol': { decide: { 'ws.mqtt-not-offered': () => 'ignore' } },
  'selects-mqttv3.1': { decide: { 'ws.mqttv3.1': () => 'select' } },
  'mqtt-without-upgrade': { decide: { 'ws.without-upgrade': () => 'serve' } },
  'reads-bare-lf': { waive: ['request.bare-lf'] },
  'unfolds-headers': { waive: ['request.folded-field'] },
} as const satisfies { readonly [V in VariantName]?: Alteration };
