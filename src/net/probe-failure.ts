/** Which face a conversation showed that ended before an accepting CONNACK. */
import type { MqttVersion } from '#spec';
import { isWebSocket, type Credentials, type Endpoint } from '#target';
import type { DialFailure } from './dial.ts';
import type { WireEvent } from './events.ts';
import { connackFailure } from './probe-connack.ts';
import { httpFailure } from './probe-http.ts';
import {
  otherPaths,
  overPlain,
  overTls,
  runCommand,
  shownEndpoint,
  tlsAlertFailure,
  type ProbeFailure,
} from './probe-faces.ts';
import type { Broken } from './session.ts';
import { alertNumber } from './tls-alert.ts';

export interface Circumstances {
  readonly endpoint: Endpoint;
  readonly version: MqttVersion;
  readonly credentials: Credentials;
  readonly aborted: boolean;
  /** The first that came from TCP, or from TLS. */
  readonly firstBytes: Uint8Array;
}

const START_IT = 'start the broker, or check host and port';

export function dialFailure(endpoint: Endpoint, failure: DialFailure): ProbeFailure {
  const sentence = failure.message;
  switch (failure.kind) {
    case 'dns':
      return { face: 'dns', sentence, tries: ['check the spelling of the host'] };
    case 'refused':
      return { face: 'refused', sentence, tries: [START_IT] };
    case 'timeout':
    case 'unreachable':
      return { face: failure.kind, sentence, tries: [`${START_IT}; a firewall may drop what is sent`] };
    case 'reset':
      return { face: 'reset', sentence, tries: [...overPlain(endpoint), START_IT] };
    case 'aborted':
      return { face: 'aborted', sentence, tries: [] };
    case 'tls':
      return tlsFailure(endpoint, failure);
    default:
      return { face: 'other', sentence, tries: [START_IT] };
  }
}

function tlsFailure(endpoint: Endpoint, failure: DialFailure): ProbeFailure {
  const sentence = failure.message;
  if (failure.tlsAlert !== undefined) return tlsAlertFailure(endpoint, failure.tlsAlert);
  if (sentence.includes('does not speak TLS')) return { face: 'tls-not-spoken', sentence, tries: overPlain(endpoint) };
  if (failure.code?.startsWith('ERR_SSL') === true) {
    return { face: 'tls-failed', sentence, tries: ['look into the log of the broker', ...overPlain(endpoint)] };
  }
  const name =
    failure.code === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? ['name the host that the certificate is for: --servername broker.example']
      : [];
  return {
    face: 'tls-untrusted',
    sentence,
    tries: [...name, 'name the authority: --cacert ca.pem', 'or test without looking: --insecure'],
  };
}

export function failureOf(seen: Broken, about: Circumstances): ProbeFailure {
  const { endpoint } = about;
  const where = shownEndpoint(endpoint);
  if (about.aborted) return { face: 'aborted', sentence: `the probe of ${where} was ended`, tries: [] };
  const alert = seen.event?.kind === 'end' ? alertNumber(seen.event.detail ?? '') : undefined;
  if (alert !== undefined) return tlsAlertFailure(endpoint, alert);
  if (isTlsRecord(about.firstBytes)) {
    const sentence = `${where} answered with TLS: this port wants it`;
    return { face: 'tls-on-plain-url', sentence, tries: overTls(endpoint) };
  }
  return seen.phase === 'upgrade' ? beforeUpgrade(seen, about, where) : afterConnect(seen, about, where);
}

/** A record of type alert or handshake, any version from SSL 3 to TLS 1.3. */
const isTlsRecord = ([type, major, minor]: Uint8Array): boolean =>
  (type === 0x15 || type === 0x16) && major === 3 && minor !== undefined && minor <= 4;

function beforeUpgrade(seen: Broken, { endpoint, firstBytes }: Circumstances, where: string): ProbeFailure {
  if (seen.head !== undefined) return httpFailure(endpoint, seen.head);
  const tcp = runCommand(endpoint, { transport: endpoint.transport === 'wss' ? 'mqtts' : 'mqtt' });
  if (seen.event === undefined) {
    const sentence = `${where} accepted the connection but answered nothing to the WebSocket upgrade within ${seen.waited} ms`;
    return { face: 'silent-without-http', sentence, tries: [tcp, ...overTls(endpoint)] };
  }
  if (seen.event.kind === 'end' && firstBytes.length === 0) {
    const sentence = `${where} closed the connection (${ending(seen.event)}) without an answer of HTTP: is this a port for WebSocket?`;
    return { face: 'closed-without-http', sentence, tries: [tcp, ...overTls(endpoint)] };
  }
  const sentence = `${where} does not speak HTTP: the answer to the WebSocket upgrade begins with ${hex(firstBytes)}`;
  return { face: 'not-http', sentence, tries: [tcp] };
}

function afterConnect(seen: Broken, about: Circumstances, where: string): ProbeFailure {
  const { endpoint, version, credentials } = about;
  const websocket = isWebSocket(endpoint.transport);
  const { event } = seen;
  const opened = websocket ? `${where} opened a WebSocket (101)` : `${where} accepted the connection`;
  if (event === undefined && seen.violation !== undefined) return notMqtt(endpoint, opened, seen.violation);
  if (event === undefined) {
    const sentence = `${opened} but did not answer CONNECT (MQTT ${version}) within ${seen.waited} ms`;
    return { face: websocket ? 'silent-after-101' : 'silent-without-connack', sentence, tries: elsewhere(endpoint) };
  }
  if (event.kind === 'packet' && event.packet.type === 'CONNACK') {
    return connackFailure(endpoint, version, event.packet.reasonCode, credentials);
  }
  if (!websocket && Buffer.from(about.firstBytes).toString('latin1').startsWith('HTTP/')) {
    const tries = [runCommand(endpoint, { transport: endpoint.transport === 'mqtts' ? 'wss' : 'ws' })];
    return { face: 'http-on-mqtt-port', sentence: `${where} speaks HTTP, not MQTT over TCP`, tries };
  }
  if (event.kind === 'end' || event.kind === 'frame') {
    const sentence = `${opened} but closed it (${ending(event)}) instead of answering CONNECT (MQTT ${version})`;
    const other = version === '5.0' ? '3.1.1' : '5.0';
    const tries = [`perhaps it speaks another version: --mqtt ${other}`, ...elsewhere(endpoint)];
    return { face: websocket ? 'closed-after-101' : 'closed-without-connack', sentence, tries };
  }
  const what = event.kind === 'packet' ? `it answered CONNECT with ${event.packet.type}` : seen.violation;
  return notMqtt(endpoint, opened, event.kind === 'unreadable' ? event.message : (what ?? 'its answer makes no sense'));
}

const notMqtt = (endpoint: Endpoint, opened: string, what: string): ProbeFailure => ({
  face: 'not-mqtt',
  sentence: `${opened}, but what answers is not an MQTT broker: ${what}`,
  tries: elsewhere(endpoint),
});

const elsewhere = (endpoint: Endpoint): string[] =>
  isWebSocket(endpoint.transport) ? otherPaths(endpoint) : overTls(endpoint);

function ending(event: WireEvent): string {
  if (event.kind === 'end') return { fin: 'FIN', reset: 'RST', error: event.detail ?? 'connection error' }[event.how];
  if (event.kind !== 'frame') return event.kind;
  const [high, low] = event.frame.payload;
  return high === undefined || low === undefined ? 'a Close frame' : `a Close frame with code ${high * 256 + low}`;
}

function hex(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > 8 ? `${shown} …` : shown;
}
