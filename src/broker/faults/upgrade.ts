/** Faults of the opening handshake. */
import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import type { HttpResponse } from '../endpoint/effects.ts';
import { on, refuseRequests } from './framing-tools.ts';

const decide = (choices: NonNullable<Alteration['decide']>): Alteration => ({ decide: choices });
const refusesEvery = (status: number): Alteration =>
  decide({ 'ws.refusal': (normal) => (normal >= 400 ? status : normal) });

/** Leaves an answer with each field of these names twice. */
function twice(...names: readonly string[]): Alteration {
  const double = (headers: HttpResponse['headers']): HttpResponse['headers'] =>
    headers.flatMap((header) => (names.includes(header[0].toLowerCase()) ? [header, header] : [header]));
  return on('http-response', (effect) => [
    { ...effect, response: { ...effect.response, headers: double(effect.response.headers) } },
  ]);
}

export const UPGRADE = {
  'refuses-every-upgrade': refuseRequests(/^/),
  'refuses-listed-origin': refuseRequests(/\r\nOrigin: https:\/\/allowed\b/i),
  'wrong-accept-key': decide({ 'ws.accept-key': () => 'other' }),
  'no-accept-key': decide({ 'ws.accept-key': () => 'none' }),
  'accept-from-decoded-key': decide({ 'ws.accept-key': () => 'reencoded' }),
  'no-upgrade-in-answer': decide({ 'ws.upgrade-header': () => false }),
  'no-connection-in-answer': decide({ 'ws.connection-header': () => false }),
  'answer-fields-twice': twice('sec-websocket-accept', 'sec-websocket-protocol'),
  'no-subprotocol-in-answer': decide({ 'ws.subprotocol': () => 'none' }),
  'invents-subprotocol': decide({ 'ws.subprotocol': () => 'invent' }),
  'echoes-protocol-list': decide({ 'ws.subprotocol': () => 'list' }),
  'selects-first-offered': decide({ 'ws.subprotocol': () => 'first' }),
  'answers-other-subprotocol': decide({ 'ws.subprotocol': () => 'other' }),
  'refuses-protocol-list': decide({ 'ws.mqtt-offered-among-others': () => false }),
  'reads-first-protocol-line-only': refuseRequests(
    /\r\nSec-WebSocket-Protocol:(?![^\r]*\bmqtt\s*(?:,|\r))[^\r]*\r\n(?:[^]*\r\n)?Sec-WebSocket-Protocol:/i,
  ),
  'needs-tight-protocol-list': refuseRequests(/\r\nSec-WebSocket-Protocol:[^\r]*(?:[ \t],|,\t|, {2}|\t[ \t]*\r)/i),
  'closes-without-status': refusesEvery(0),
  'answers-200-to-bad-upgrade': refusesEvery(200),
  'accepts-missing-key': { waive: ['request.key-missing'] },
  'accepts-short-key': { waive: ['request.key-short'] },
  'accepts-key-not-base64': { waive: ['request.key-not-base64'] },
  'accepts-two-keys': { waive: ['request.key-twice'] },
  'accepts-version-12': { waive: ['request.version-other'] },
  'accepts-missing-version': { waive: ['request.version-missing'] },
  'accepts-two-versions': { waive: ['request.version-twice'] },
  'no-version-in-refusal': decide({ 'ws.version-header': () => false }),
  'accepts-post': { waive: ['request.method'] },
  'accepts-http-1.0': { waive: ['request.http-version'] },
  'accepts-missing-host': { waive: ['request.host-missing'] },
  'accepts-missing-upgrade': { waive: ['request.upgrade-missing'] },
  'accepts-missing-connection': { waive: ['request.connection-missing'] },
  'accepts-space-before-colon': { waive: ['request.space-before-colon'] },
  'accepts-empty-protocol-list': {
    waive: ['subprotocol.empty'],
    decide: { 'ws.mqtt-not-offered': () => 'serve' },
  },
  'accepts-malformed-extensions': { waive: ['extension.malformed'] },
  'echoes-extensions': decide({ 'ws.extensions': () => 'echo' }),
  'invents-extension': decide({ 'ws.extensions': () => 'invent' }),
  'compares-header-case': refuseRequests(/\r\n(?:UPGRADE|upgrade|CONNECTION|connection):|\r\nUpgrade: (?!websocket\r)/),
  'refuses-connection-list': refuseRequests(/\r\nConnection:[^\r]*,/i),
  'refuses-unknown-headers': refuseRequests(/\r\n(?:X-[^:]*|Cookie|Authorization):/i),
  'refuses-absolute-target': refuseRequests(/^GET [a-z]+:\/\//i),
  'needs-request-in-one-segment': on('bytes-received', (effect) => {
    const first = effect.bytes[0] === 0x47;
    const part = first && !Buffer.from(effect.bytes).includes('\r\n\r\n');
    const { connection, cause } = effect;
    return part ? [{ kind: 'transport-end', how: 'fin', connection, cause, why: 'violation' }] : [effect];
  }),
  'serves-every-path': { waive: ['ws.path'] },
  'ignores-origin-list': { waive: ['ws.origin'] },
  'loses-first-frame': decide({ 'ws.first-bytes': () => 'drop' }),
  'no-limit-before-connect': on('timer-set', (effect) => (effect.timer === 'connect' ? [] : [effect])),
} as const satisfies { readonly [F in FaultName]?: Alteration };
